package io.hilum.processor.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.inference.BatcherOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
            }, new ReleaseHandler(Optional.empty(), host, new BundleFetcher(Path.of("unused")), (folder, sha256) -> null,
                    (release, bundle, state, engine, reason) -> { }), Duration.ofMillis(1));
            assertTrue(watcher.isAlive(), "not started yet");
            watcher.start();
            Awaitility.await().until(() -> attempts.get() >= 3);
            assertTrue(watcher.isAlive());
            watcher.close();
            assertFalse(watcher.isAlive());
        }
    }
}
