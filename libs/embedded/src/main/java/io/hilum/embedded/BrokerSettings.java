package io.hilum.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of a broker on this machine: few, small background buffers. Alone it has one copy of everything; from
 * three nodes on there are three copies, of which two must have a record before it counts.
 */
final class BrokerSettings {

    static final String CONTROLLER = "CONTROLLER";

    private BrokerSettings() {}

    /**
     * @param logs where topics and the metadata log live
     * @param port the clients' port on 127.0.0.1
     * @param node which broker of which cluster
     */
    static Map<String, String> of(Path logs, int port, ClusterNode node) {
        int controllerPort = node.controllerPort();
        String copies = node.size() < 3 ? "1" : "3";
        String inSync = node.size() < 3 ? "1" : "2";
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node.id()));
        settings.put("controller.quorum.voters", node.voters());
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("log.dirs", logs.toString());

        // Topics come from TopicAdmin with their declared partition counts, never from a typing error.
        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", copies);
        settings.put("min.insync.replicas", inSync);
        settings.put("message.max.bytes", Integer.toString(8 << 20));
        settings.put("replica.fetch.max.bytes", Integer.toString(9 << 20));

        // Internal topics: a few partitions instead of fifty, which open files and slow the start.
        settings.put("offsets.topic.replication.factor", copies);
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", copies);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.replication.factor", copies);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        if (node.size() > 1) {
            // A killed broker is noticed in seconds: its partitions have no leader until then.
            settings.put("broker.heartbeat.interval.ms", "700");
            settings.put("broker.session.timeout.ms", "4000");
            // Orphaned transactions are looked for each second, not each ten: they hide what comes after them.
            settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        }

        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "3");
        settings.put("num.recovery.threads.per.data.dir", "1");
        settings.put("background.threads", "2");
        return settings;
    }
}
