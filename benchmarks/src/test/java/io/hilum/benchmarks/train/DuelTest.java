package io.hilum.benchmarks.train;

import io.hilum.benchmarks.peer.Quartiles;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.benchmarks.train.Side.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuelTest {
    @Test
    void quartilesAreNotExtremes() {
        var seven = Quartiles.of(List.of(7.0, 1.0, 3.0, 2.0, 6.0, 5.0, 4.0));
        assertEquals(new Quartiles(2.5, 4, 5.5), seven);
        assertEquals(new Quartiles(1.25, 1.5, 1.75), Quartiles.of(List.of(2.0, 1.0)));
        assertEquals(new Quartiles(3, 3, 3), Quartiles.of(List.of(3.0)));
        assertThrows(IllegalArgumentException.class, () -> Quartiles.of(List.of()));
    }

    /** Takes a set time for an image, longer with each round: a machine that gets slower. */
    private static final class Slowing implements Side {
        private final String name;
        private final double seconds;
        private final List<String> order;
        private final double[] drift;

        Slowing(String name, double seconds, List<String> order, double[] drift) {
            this.name = name;
            this.seconds = seconds;
            this.order = order;
            this.drift = drift;
        }

        @Override
        public Check check() {
            return new Check(List.of(seconds), List.of(1.0));
        }

        @Override
        public Round round(Work work, int batch, int calls) {
            order.add(name);
            drift[0] *= 1.01;
            return new Round(batch * calls, drift[0] * seconds * batch * calls, seconds * batch * calls);
        }
    }

    @Test
    void aMachineThatGetsSlowerFavoursNobody() throws IOException {
        List<String> order = new ArrayList<>();
        double[] drift = {1};
        var duel = new Duel(new Slowing("a", 0.01, order, drift), new Slowing("b", 0.02, order, drift), 7, 0.5);
        Duel.Result result = duel.of(Work.TRAIN, 8);
        assertEquals(2, result.ratio().median(), 0.03, "twice as fast, whoever begins");
        assertEquals(2, result.cpuRatio().median(), 1e-9);
        assertEquals(List.of("a", "b", "b", "a", "a", "b"), order.subList(4, 10), "after the warm-up they take turns in beginning");
        assertEquals(4 + 2 * 7, order.size());
    }

    @Test
    void anotherNetworkIsNotAPeer() {
        List<String> order = new ArrayList<>();
        var duel = new Duel(new Slowing("a", 0.01, order, new double[] {1}), new Slowing("b", 0.02, order, new double[] {1}), 7, 0.5);
        assertTrue(assertThrows(IOException.class, () -> duel.agree(1e-3)).getMessage().contains("do not compute the same"));
    }

    private static PythonSide fake(int says, int asked) throws IOException {
        return new PythonSide(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
            System.getProperty("java.class.path"), FakePeer.class.getName(), Integer.toString(says)), asked);
    }

    @Test
    void aLineIsARound() throws IOException {
        try (PythonSide peer = fake(2, 2)) {
            assertEquals("fake", peer.version());
            assertEquals(new Side.Check(List.of(0.5, -1.0), List.of(0.7, 0.6, 0.5)), peer.check());
            Round round = peer.round(Work.FORWARD, 32, 4);
            assertEquals(128, round.images());
            assertEquals(320, round.imagesPerSecond(), 1e-6);
            assertEquals(512, round.imagesPerCpuSecond(), 1e-6);
        }
    }

    @Test
    void aPeerThatDiesDoesNotDieSilently() throws IOException {
        try (PythonSide peer = fake(1, 1)) {
            String message = assertThrows(IOException.class, () -> peer.round(Work.TRAIN, 13, 1)).getMessage();
            assertTrue(message.contains("thirteen"), message);
        }
    }

    @Test
    void aPeerWithOtherThreadsIsRefused() {
        assertThrows(IOException.class, () -> fake(1, 2).close());
    }
}
