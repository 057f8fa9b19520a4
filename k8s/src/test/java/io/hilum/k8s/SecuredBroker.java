package io.hilum.k8s;

import io.hilum.embedded.EmbeddedBroker;
import io.strimzi.api.kafka.model.user.KafkaUser;
import io.strimzi.api.kafka.model.user.KafkaUserAuthorizationSimple;
import io.strimzi.api.kafka.model.user.acl.AclResourcePatternType;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleGroupResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTopicResource;
import io.strimzi.api.kafka.model.user.acl.AclRuleTransactionalIdResource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A real broker that knows the manifests' users and gives them the manifests' rights, as Strimzi's operator would. */
final class SecuredBroker implements AutoCloseable {

    private static final String ROOT = "root";

    private final EmbeddedBroker broker;

    private SecuredBroker(EmbeddedBroker broker) {
        this.broker = broker;
    }

    static SecuredBroker start(Path directory, List<KafkaUser> users) throws Exception {
        String passwords = users.stream().map(user -> user.getMetadata().getName())
                .map(name -> "user_" + name + "=\"" + name + "\"").collect(Collectors.joining(" "));
        SecuredBroker secured = new SecuredBroker(EmbeddedBroker.start(directory, 0, Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                login(ROOT).replace(";", " user_root=\"root\" " + passwords + ";"),
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:" + ROOT + ";User:ANONYMOUS")));
        List<AclBinding> bindings = users.stream().flatMap(user -> bindings(user).stream()).toList();
        try (Admin admin = secured.admin(ROOT)) {
            admin.createAcls(bindings).all().get(30, TimeUnit.SECONDS);
        }
        return secured;
    }

    Admin root() {
        return admin(ROOT);
    }

    Admin admin(String user) {
        return Admin.create(clients(user));
    }

    /** Client settings of a user. */
    Map<String, Object> clients(String user) {
        return new HashMap<>(Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", login(user)));
    }

    @Override
    public void close() {
        broker.close();
    }

    private static String login(String user) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\"" + user + "\";";
    }

    private static List<AclBinding> bindings(KafkaUser user) {
        List<AclBinding> bindings = new ArrayList<>();
        for (AclRule rule : ((KafkaUserAuthorizationSimple) user.getSpec().getAuthorization()).getAcls()) {
            ResourcePattern resource = pattern(rule.getResource());
            rule.getOperations().forEach(each -> bindings.add(new AclBinding(resource, new AccessControlEntry(
                    "User:" + user.getMetadata().getName(), "*", operation(each.name()), AclPermissionType.ALLOW))));
        }
        return bindings;
    }

    private static ResourcePattern pattern(AclRuleResource resource) {
        if (resource instanceof AclRuleTopicResource topic) {
            return pattern(ResourceType.TOPIC, topic.getName(), topic.getPatternType());
        } else if (resource instanceof AclRuleGroupResource group) {
            return pattern(ResourceType.GROUP, group.getName(), group.getPatternType());
        } else if (resource instanceof AclRuleTransactionalIdResource id) {
            return pattern(ResourceType.TRANSACTIONAL_ID, id.getName(), id.getPatternType());
        }
        throw new IllegalArgumentException("a right on " + resource.getType());
    }

    private static ResourcePattern pattern(ResourceType type, String name, AclResourcePatternType kind) {
        return new ResourcePattern(type, name, kind == AclResourcePatternType.PREFIX ? PatternType.PREFIXED : PatternType.LITERAL);
    }

    /** Strimzi writes DESCRIBECONFIGS, Kafka DESCRIBE_CONFIGS. */
    private static AclOperation operation(String strimzi) {
        for (AclOperation each : AclOperation.values()) {
            if (each.name().replace("_", "").equals(strimzi.toUpperCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new IllegalArgumentException("operation " + strimzi);
    }
}
