package io.hilum.processor.model.release;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.inference.BatcherOptions;
import io.hilum.processor.model.ModelHost;
import io.hilum.processor.model.shadow.ShadowMeters;
import io.hilum.processor.model.shadow.Shadows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReleaseWatcherFaultTest {

    @Test
    void anErrorDoesNotEndTheWatchInSilence() {
        AtomicInteger attempts = new AtomicInteger();
        try (ModelHost host = new ModelHost(BatcherOptions.defaults(), engine -> { })) {
            ReleaseWatcher watcher = new ReleaseWatcher(() -> {
                attempts.incrementAndGet();
                throw new NoClassDefFoundError("pretended");
            }, new ReleaseHandler(Set.of(), host, new BundleLoader(new BundleFetcher(Path.of("unused")), (folder, sha256) -> null),
                    new SaidStatuses().board(), new Shadows(BatcherOptions.defaults(), compared -> { },
                            new ShadowMeters(new SimpleMeterRegistry()))), Duration.ofMillis(1));
            assertTrue(watcher.isAlive(), "not started yet");
            watcher.start();
            Awaitility.await().until(() -> attempts.get() >= 3);
            assertTrue(watcher.isAlive());
            watcher.close();
            assertFalse(watcher.isAlive());
        }
    }
}
