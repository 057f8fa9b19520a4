package io.hilum.quickstart.house;

import io.hilum.contracts.topic.TopicAdmin;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Waits until a broker answers, then makes sure that the house's topics are there. */
final class BrokerProbe {

    private BrokerProbe() {}

    /** @throws IllegalStateException when the broker does not come up, or its topics are not the declared ones */
    static void awaitTopics(ChildProcess process, String bootstrap, int partitions, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200);
        try (Admin admin = Admin.create(settings)) {
            while (true) {
                process.requireAlive();
                try {
                    admin.listTopics().names().get(1, TimeUnit.SECONDS);
                    break;
                } catch (TimeoutException | ExecutionException notYet) {
                    if (System.nanoTime() > deadline) {
                        throw new IllegalStateException("The broker does not answer on " + bootstrap
                                + ". The end of its log (" + process.log() + "):" + System.lineSeparator() + process.tail(), notYet);
                    }
                }
            }
            new TopicAdmin(admin, partitions, (short) 1).createAndCheck();
        }
    }
}
