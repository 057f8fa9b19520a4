package io.hilum.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.TopicSettings;
import io.hilum.contracts.topic.Topics;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclResourcePatternType;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The cluster's Kafka against the one declaration of topics, writers and readers in code. */
class KafkaManifestsTest {

    private static final int REPLICAS = 3;
    private static Manifests manifests;

    @BeforeAll
    static void read() throws Exception {
        manifests = Manifests.of("cpu");
    }

    @Test
    void makesEveryTopicAsDeclaredAndNoOther() {
        Map<String, Map<String, String>> declared = new TreeMap<>();
        for (Topic topic : Topics.ALL) {
            Map<String, String> settings = new TreeMap<>(TopicSettings.of(topic, REPLICAS));
            settings.put("partitions", topic.scaled() ? "12" : "1");
            settings.put("replicas", Integer.toString(REPLICAS));
            declared.put(topic.name(), settings);
        }
        Map<String, Map<String, String>> written = new TreeMap<>();
        for (KafkaTopic topic : manifests.all(KafkaTopic.class)) {
            Map<String, String> settings = new TreeMap<>();
            topic.getSpec().getConfig().forEach((name, value) -> settings.put(name, String.valueOf(value)));
            settings.put("partitions", String.valueOf(topic.getSpec().getPartitions()));
            settings.put("replicas", String.valueOf(topic.getSpec().getReplicas()));
            written.put(topic.getMetadata().getName(), settings);
        }
        assertEquals(declared, written);
    }

    @Test
    void letsEachServiceDoWhatTheContractSaysAndNoMore() {
        Map<String, Set<String>> declared = new TreeMap<>();
        Set<String> modules = Topics.ALL.stream()
                .flatMap(topic -> java.util.stream.Stream.concat(topic.writers().stream(), topic.readers().stream()))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String module : modules) {
            Set<String> rights = new TreeSet<>();
            for (Topic topic : Topics.ALL) {
                if (topic.writers().contains(module)) {
                    rights.add("write " + topic.name());
                }
                if (topic.readers().contains(module)) {
                    rights.add("read " + topic.name());
                }
            }
            rights.add("describe hilum.*");
            rights.add("describeconfigs hilum.*");
            declared.put(module, rights);
        }
        // Kafka Streams owns the topics that begin with its application id.
        for (String operation : "read write create delete describe describeconfigs alter alterconfigs".split(" ")) {
            declared.get("stream-processor").add(operation + " hilum-scoring*");
        }

        Map<String, Set<String>> written = new TreeMap<>();
        for (KafkaUser user : manifests.all(KafkaUser.class)) {
            Set<String> rights = new TreeSet<>();
            for (AclRule rule : rules(user)) {
                if (rule.getResource() instanceof AclRuleTopicResource topic) {
                    String end = topic.getPatternType() == AclResourcePatternType.PREFIX ? "*" : "";
                    rule.getOperations().forEach(each ->
                            rights.add(each.name().toLowerCase(java.util.Locale.ROOT) + " " + topic.getName() + end));
                }
            }
            written.put(user.getMetadata().getName(), rights);
        }
        assertEquals(declared, written);
    }

    @Test
    void letsNobodyButResultsSinkReadNames() {
        for (KafkaUser user : manifests.all(KafkaUser.class)) {
            for (AclRule rule : rules(user)) {
                boolean reads = rule.getOperations().stream().anyMatch(each -> Set.of("READ", "ALL").contains(each.name()));
                if (reads && rule.getResource() instanceof AclRuleTopicResource topic) {
                    boolean covers = topic.getPatternType() == AclResourcePatternType.PREFIX
                            ? "hilum.studies".startsWith(topic.getName()) : topic.getName().equals("hilum.studies");
                    assertTrue(!covers || user.getMetadata().getName().equals("results-sink"), user.getMetadata().getName());
                }
            }
        }
    }

    @Test
    void opensNoListenerWithoutTlsAndAPassword() {
        Kafka kafka = manifests.all(Kafka.class).get(0);
        for (var listener : kafka.getSpec().getKafka().getListeners()) {
            assertTrue(listener.isTls(), listener.getName());
            assertEquals("scram-sha-512", listener.getAuth().getType());
        }
        assertEquals("simple", kafka.getSpec().getKafka().getAuthorization().getType());
    }

    @Test
    void countsARecordOnlyWhenTwoOfThreeBrokersHaveIt() {
        for (KafkaNodePool pool : manifests.all(KafkaNodePool.class)) {
            assertEquals(REPLICAS, pool.getSpec().getReplicas(), pool.getMetadata().getName());
        }
        Map<String, Object> config = manifests.all(Kafka.class).get(0).getSpec().getKafka().getConfig();
        assertEquals(2, config.get("min.insync.replicas"));
        assertEquals(2, config.get("transaction.state.log.min.isr"));
        for (String name : Set.of("default", "offsets.topic", "transaction.state.log")) {
            assertEquals(3, config.get(name + ".replication.factor"), name);
        }
        assertEquals(TopicSettings.MAX_RECORD_BYTES, config.get("message.max.bytes"));
        assertEquals(false, config.get("auto.create.topics.enable"));
    }

    private static java.util.List<AclRule> rules(KafkaUser user) {
        return ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization()).getAcls();
    }
}
