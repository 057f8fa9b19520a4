package io.hilum.processor.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.inference.EngineOptions;
import io.hilum.model.bundle.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {

    @Test
    void theDefaultsDoNotStopTheStart() {
        Options options = with(Map.of());
        assertEquals("hilum-scoring", options.streams().applicationId());
        assertEquals(100, options.streams().commitInterval().toMillis());
        assertEquals(Map.of("bootstrap.servers", "broker:9092"), options.clients());
        assertEquals(30, options.topology().study().idle().toSeconds());
        assertEquals(400, options.topology().study().remember().toDays());
    }

    @Test
    void valuesThatDoNotGoTogetherStopTheStartWithASentence() {
        refused("drain-timeout", "30s", "drain-timeout (30000 ms) must be below transaction-timeout (20000 ms)");
        refused("transaction-timeout", "2m", "transaction-timeout (120000 ms) must be below max-poll-interval (60000 ms)");
        refused("pending-bound", "4", "batch.max (8) must be between 1 and pending-bound (4)");
        refused("load-bound", "500", "routine images could keep urgent ones from the queue");
        refused("batch.max-queued", "7", "batch.max-queued (7) must be at least batch.max (8)");
        refused("batch.routine-share", "0.9", "batch.routine-share (0.9) must be above 0");
        refused("batch.preferred-sizes", "2,4,9", "batch.preferred-sizes [2, 4, 9] must ascend, from at least 1 to at most batch.max (8)");
        refused("batch.preferred-sizes", "4,2", "batch.preferred-sizes [4, 2] must ascend");
        refused("batch.preferred-sizes", "0", "batch.preferred-sizes [0] must ascend, from at least 1");
        refused("study.idle", "20m", "study.idle (PT20M) must be positive and at most study.hard-cap (PT10M)");
        refused("study.remember", "10m", "study.remember (PT10M) must be above study.hard-cap (PT10M)");
        refused("study.max-images", "5000", "a revision of more images would not fit into a record");
        refused("commit-interval", "30s", "commit-interval (30000 ms) must be below transaction-timeout (20000 ms)");
        refused("poll", "100ms", "poll (100 ms) must be below commit-interval (100 ms)");
        refused("session-timeout", "60s", "session-timeout (60000 ms) must be below max-poll-interval (60000 ms)");
        refused("drain-timeout", "0s", "session-timeout and drain-timeout must be at least 1 ms");
        refused("batch.delay", "10s", "batch.delay (PT10S) must be below drain-timeout (PT10S)");
        refused("load-bound", "7", "load-bound (7) must be between batch.max (8)");
        refused("application-id", " ", "application-id");
        refused("model.status-interval", "10ms", "model.status-interval (PT0.01S) must be at least 100 ms");
        refused("model.lines", "chest/left", "model.lines (chest/left) must be names of model lines, without slashes");
        refused("engine.prepare-threads", "0", "engine.prepare-threads (0) at least 1");
    }

    @Test
    void noNumberAndNoTimeBelowZeroIsTaken() throws IOException {
        List<String> taken = new ArrayList<>();
        for (String source : List.of("ProcessorConfig.java", "ClusterConfig.java")) {
            for (OptionsSource.Option option : OptionsSource.read(Path.of("src/main/java/io/hilum/processor/service", source))) {
                String usual = option.defaultValue().orElse("");
                boolean time = usual.matches("\\d+(ms|s|m|h|d)");
                if ((time || usual.matches("[\\d.]+")) && isTaken(option.name(), time ? "PT-1S" : "-1")) {
                    taken.add(option.name());
                }
            }
        }
        assertEquals(List.of(), taken);
    }

    private static boolean isTaken(String option, String value) {
        try {
            with(Map.of(option, value));
            return true;
        } catch (RuntimeException refused) {
            return false;
        }
    }

    @Test
    void noChoiceOfEngineIsLostOrTakenForAnother() {
        assertEquals(EngineOptions.defaults(), with(Map.of()).engine(), "auto, in the fastest precision that is proven");
        EngineOptions chosen = with(Map.of("hilum.processor.engine.device", "gpu", "hilum.processor.engine.precision", "bf16",
                "hilum.processor.engine.threads", "3")).engine();
        assertEquals(new EngineOptions(3, EngineOptions.Device.GPU, Optional.of(Precision.BF16)), chosen);
        assertEquals(Optional.empty(), with(Map.of("hilum.processor.engine.precision", "")).engine().precision());
        assertEquals(List.of(2, 8), with(Map.of("hilum.processor.batch.preferred-sizes", "2,8")).batcher().preferredSizes());
    }

    @Test
    void noLineIsServedThatWasNotAskedFor() {
        assertEquals(Set.of(), with(Map.of()).servesOnly(), "every line that is released");
        assertEquals(Set.of("chest", "covid"), with(Map.of("hilum.processor.model.lines", "chest,covid")).servesOnly());
    }

    @Test
    void anEngineThatCannotBeStopsTheStart() {
        for (String wrong : List.of("fp8", "double")) {
            assertThrows(RuntimeException.class, () -> with(Map.of("hilum.processor.engine.precision", wrong)));
        }
        String unknown = assertThrows(RuntimeException.class, () -> with(Map.of("hilum.processor.engine.device", "tpu"))).getMessage();
        assertTrue(unknown.contains("tpu"), unknown);
        String message = assertThrows(IllegalStateException.class, () -> with(Map.of(
                "hilum.processor.engine.device", "cpu", "hilum.processor.engine.precision", "fp16"))).getMessage();
        assertTrue(message.contains("engine.precision (fp16) is not computed on a CPU"), message);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        String message = assertThrows(IllegalStateException.class,
                () -> with(Map.of("hilum.processor.threads", "0", "hilum.topics.partitions", "0"))).getMessage();
        assertTrue(message.contains("threads is 0") && message.contains("hilum.topics.partitions is 0"), message);
    }

    @Test
    void aMisspeltOptionStopsTheStart() {
        assertThrows(RuntimeException.class, () -> with(Map.of("hilum.processor.drain-time-out", "1s")));
    }

    private static void refused(String option, String value, String words) {
        String message = assertThrows(IllegalStateException.class,
                () -> with(Map.of("hilum.processor." + option, value))).getMessage();
        assertTrue(message.contains(words), message);
    }

    private static Options with(Map<String, String> changed) throws NoSuchElementException {
        return TestConfig.with(changed);
    }
}
