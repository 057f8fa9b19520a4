package io.hilum.k8s;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Resolves a kustomization as kustomize does, for the part of its language that we use: resources, namespace, and
 * JSON patches for one named target. Anything else is refused, so that the language cannot grow unnoticed.
 */
final class Kustomization {

    private static final Set<String> FIELDS = Set.of("apiVersion", "kind", "namespace", "resources", "patches");
    private static final Set<String> WITHOUT_NAMESPACE = Set.of("Namespace");
    private static final YAMLMapper YAML =
            YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

    private Kustomization() {}

    /** All objects of a folder with a {@code kustomization.yaml}. */
    static List<ObjectNode> resolve(Path folder) throws IOException {
        ObjectNode kustomization = only(folder.resolve("kustomization.yaml"));
        kustomization.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(folder + "/kustomization.yaml uses " + field + ", which this check does not know");
            }
        });
        List<ObjectNode> objects = new ArrayList<>();
        for (JsonNode resource : kustomization.path("resources")) {
            Path path = folder.resolve(resource.asText()).normalize();
            objects.addAll(Files.isDirectory(path) ? resolve(path) : read(path));
        }
        if (kustomization.has("namespace")) {
            objects.stream().filter(object -> !WITHOUT_NAMESPACE.contains(object.path("kind").asText()))
                    .forEach(object -> ((ObjectNode) object.get("metadata")).set("namespace", kustomization.get("namespace")));
        }
        for (JsonNode patch : kustomization.path("patches")) {
            apply(folder, patch, objects);
        }
        return objects;
    }

    /** The objects of a file with several YAML documents. */
    static List<ObjectNode> read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    static List<ObjectNode> parse(String yaml) throws IOException {
        try (MappingIterator<ObjectNode> documents = YAML.readerFor(ObjectNode.class).readValues(yaml)) {
            return documents.readAll();
        }
    }

    private static void apply(Path folder, JsonNode patch, List<ObjectNode> objects) throws IOException {
        JsonNode target = patch.path("target");
        if (!fields(patch).equals(Set.of("path", "target")) || !fields(target).equals(Set.of("kind", "name"))) {
            throw new IllegalArgumentException(folder + ": a patch has a path and a target with kind and name, not " + patch);
        }
        JsonNode operations = YAML.readTree(Files.readString(folder.resolve(patch.get("path").asText())));
        int patched = 0;
        for (int i = 0; i < objects.size(); i++) {
            ObjectNode object = objects.get(i);
            if (object.path("kind").equals(target.get("kind")) && object.path("metadata").path("name").equals(target.get("name"))) {
                // Throws where a path of the patch does not exist.
                objects.set(i, (ObjectNode) JsonPatch.apply(operations, object));
                patched++;
            }
        }
        if (patched != 1) {
            throw new IllegalArgumentException(folder + ": " + target + " matches " + patched + " objects instead of one");
        }
    }

    private static ObjectNode only(Path file) throws IOException {
        List<ObjectNode> documents = read(file);
        if (documents.size() != 1) {
            throw new IllegalArgumentException(file + " holds " + documents.size() + " documents");
        }
        return documents.get(0);
    }

    private static Set<String> fields(JsonNode node) {
        Set<String> names = new java.util.HashSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
