package io.hilum.quickstart.house;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Waits until a broker answers. */
final class BrokerProbe {

    private BrokerProbe() {}

    static void awaitTopics(ChildProcess process, String bootstrap, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
        try (Admin admin = Admin.create(settings)) {
            while (true) {
                process.requireAlive();
                try {
                    admin.listTopics().names().get(1, TimeUnit.SECONDS);
                    return;
                } catch (TimeoutException | ExecutionException notYet) {
                    if (System.nanoTime() > deadline) {
                        throw new IllegalStateException("The broker does not answer on " + bootstrap
                                + ". The end of its log (" + process.log() + "):" + System.lineSeparator() + process.tail(), notYet);
                    }
                }
            }
        }
    }
}
