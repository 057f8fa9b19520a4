package io.hilum.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.SelfTest;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.net.Initialisation;
import io.hilum.trainer.net.Network;
import io.hilum.trainer.net.Torch;
import io.hilum.trainer.train.Toys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probe of weights that learned nothing. */
class EvidenceTest {
    @TempDir Path dir;

    @Test
    void noSixteenFilmsComeFromOneCornerOfTheCache() {
        for (int count : new int[] {16, 17, 40, 255, 256}) {
            for (int films : new int[] {count, count + 1, 10_000}) {
                int[] order = Evidence.spread(count, films);
                assertEquals(count, Arrays.stream(order).distinct().count());
                assertTrue(Arrays.stream(order).allMatch(film -> film >= 0 && film < films));
                for (int part = 0; part < 16; part++) {
                    assertEquals(part / 16.0, (double) order[part] / films, 2 / 16.0, "the first sixteen stand apart");
                }
            }
        }
        assertArrayEquals(IntStream.range(0, 16).toArray(), Evidence.spread(16, 16));
    }

    @Test
    void noFilmHasItsNeighboursOutputs() throws IOException {
        try (NDManager root = Torch.start(1); Network network = network(root)) {
            // 21: more than one batch, and the last one is not full.
            FilmCache cache = FilmCache.open(Toys.cache(dir.resolve("films"), 21, 1));
            Path file = dir.resolve("probe.safetensors");
            Evidence.writeProbe(file, network, cache, 256);
            SelfTest probe = SelfTest.read(file, Toys.SIZE, Toys.LABELS.size());
            assertEquals(21, probe.inputs().length, "fewer films than asked for: all");
            int[] order = Evidence.spread(21, 21);
            var loader = new BatchLoader(cache, Toys.SIZE, 1, Augmentation.NONE, 0);
            int cells = Architecture.grid(Toys.SIZE) * Architecture.grid(Toys.SIZE);
            for (int i = 0; i < 21; i++) {
                var image = loader.plain(order[i], order[i] + 1).images();
                byte[] pixels = new byte[Toys.SIZE * Toys.SIZE];
                image.get(0, pixels);
                assertArrayEquals(pixels, probe.inputs()[i]);
                Network.Maps alone = network.maps(image);
                assertArrayEquals(alone.logits(), probe.logits()[i], 1e-5f);
                for (int l = 0; l < Toys.LABELS.size(); l++) {
                    assertEquals(l, probe.classes()[i][l]);
                    assertArrayEquals(Arrays.copyOfRange(alone.maps(), l * cells, (l + 1) * cells), probe.raw()[i][l], 1e-5f);
                }
            }
        }
    }

    @Test
    void noProbeIsTooSmallForASelfTest() throws IOException {
        try (NDManager root = Torch.start(1); Network network = network(root)) {
            FilmCache few = FilmCache.open(Toys.cache(dir.resolve("few"), 15, 1));
            String refusal = assertThrows(IOException.class,
                () -> Evidence.writeProbe(dir.resolve("probe.safetensors"), network, few, 256)).getMessage();
            assertTrue(refusal.contains("needs 16 films") && refusal.contains("has 15"), refusal);
        }
    }

    private static Network network(NDManager root) {
        var values = Initialisation.draw(Architecture.EVA_X_TI, Toys.SIZE / Architecture.PATCH, Toys.LABELS.size(), 3);
        return new Network(root, Architecture.EVA_X_TI, values, Toys.SIZE, Architecture.EVA_X_TI.mean(), Architecture.EVA_X_TI.std());
    }
}
