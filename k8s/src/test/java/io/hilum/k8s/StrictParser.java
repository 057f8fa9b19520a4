package io.hilum.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Manifests as typed objects. A cluster drops a misspelt field in silence and runs without it; here it is refused,
 * as is a value that its type does not know.
 */
final class StrictParser {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("batch/v1/Job", Job.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class));

    private StrictParser() {}

    /** @throws IllegalArgumentException naming each field or value that the type does not know */
    static HasMetadata parse(ObjectNode object) {
        String kind = object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        String name = kind + " " + object.path("metadata").path("name").asText();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException(name + ": this kind is not expected here");
        }
        try {
            HasMetadata typed = JSON.treeToValue(object, type);
            List<String> unknown = new ArrayList<>();
            unknownFields(name, typed, unknown);
            lost(name, object, JSON.valueToTree(typed), unknown);
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException(String.join(System.lineSeparator(), unknown));
            }
            return typed;
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(name + ": " + wrong.getOriginalMessage(), wrong);
        }
    }

    private static void unknownFields(String path, Object value, List<String> unknown) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> unknownFields(path + "." + key, each, unknown));
        } else if (value instanceof Collection<?> all) {
            all.forEach(each -> unknownFields(path + "[]", each, unknown));
        } else if (value != null && isModel(value.getClass())) {
            for (Method getter : value.getClass().getMethods()) {
                if (!getter.getName().startsWith("get") || getter.getParameterCount() != 0 || getter.getDeclaringClass() == Object.class
                        || getter.getName().equals("getDeclaringClass")) {
                    continue;
                }
                Object got = call(getter, value);
                if (getter.getName().equals("getAdditionalProperties")) {
                    ((Map<?, ?>) got).keySet().forEach(field -> unknown.add(path + " has no field " + field));
                } else {
                    unknownFields(path + "." + getter.getName().substring(3), got, unknown);
                }
            }
        }
    }

    /** What the typed object no longer says: an enumeration's unknown value becomes null. */
    private static void lost(String path, JsonNode before, JsonNode after, List<String> unknown) {
        if (before.isObject()) {
            for (Iterator<String> names = before.fieldNames(); names.hasNext();) {
                String name = names.next();
                JsonNode value = before.get(name);
                // Written back only where it differs from the default: nothing, false, {} and [].
                boolean unsaid = value.isContainerNode() ? value.isEmpty() : value.isBoolean() && !value.booleanValue();
                if (after.path(name).isMissingNode() || after.path(name).isNull()) {
                    if (!unsaid) {
                        unknown.add(path + "." + name + ": " + value + " is not understood");
                    }
                } else {
                    lost(path + "." + name, value, after.get(name), unknown);
                }
            }
        } else if (before.isArray()) {
            for (int i = 0; i < before.size(); i++) {
                lost(path + "[" + i + "]", before.get(i), after.path(i), unknown);
            }
        } else if (after.isNull() || after.isMissingNode()) {
            unknown.add(path + ": " + before + " is not understood");
        }
    }

    private static boolean isModel(Class<?> type) {
        return !type.isEnum() && (type.getName().startsWith("io.fabric8.kubernetes.api.model")
                || type.getName().startsWith("io.strimzi.api"));
    }

    private static Object call(Method getter, Object owner) {
        try {
            return getter.invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException failed) {
            throw new AssertionError(getter + " failed", failed);
        }
    }
}
