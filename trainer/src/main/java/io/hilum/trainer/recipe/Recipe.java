package io.hilum.trainer.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A recipe: checked values by key. What it does not say has the value that {@code train} has without a recipe.
 *
 * @param source the name of a published recipe, or a file
 * @param values as given, each allowed for its key
 */
public record Recipe(String source, Map<RecipeKey, Object> values) {
    /** The published fine-tunings of EVA-X (reference section 4, table of recipes), and one baseline. */
    public static final List<String> PUBLISHED = List.of("cxr14-ti", "cxr14-s", "cxr14-b", "chexpert-ti", "chexpert-s",
        "covidx3-s", "covidx4-s", "cxr14-vit-s");
    /** Nothing given: what {@code train} does without a recipe. */
    public static final Recipe NONE = new Recipe("no recipe", Map.of());
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

    public Recipe {
        values = Collections.unmodifiableMap(values.isEmpty() ? new EnumMap<>(RecipeKey.class) : new EnumMap<>(values));
    }

    /** A published recipe by its name, or a file that ends in .yaml or .yml. Fails with one sentence. */
    public static Recipe of(String nameOrFile) throws IOException {
        if (PUBLISHED.contains(nameOrFile)) {
            try (InputStream in = Recipe.class.getResourceAsStream(nameOrFile + ".yaml")) {
                return parse(nameOrFile, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        Path file = Path.of(nameOrFile);
        if (!nameOrFile.endsWith(".yaml") && !nameOrFile.endsWith(".yml") || !Files.isRegularFile(file)) {
            throw new IOException("There is no recipe '%s': give one of %s, or a .yaml file that exists."
                .formatted(nameOrFile, String.join(", ", PUBLISHED)));
        }
        return parse(nameOrFile, Files.readString(file));
    }

    /** @param source named in every refusal */
    static Recipe parse(String source, String yaml) throws IOException {
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IOException("%s, line %d, is no YAML: %s.".formatted(source,
                e.getLocation() == null ? 0 : e.getLocation().getLineNr(), e.getOriginalMessage().lines().findFirst().orElse("")), e);
        }
        if (!root.isObject()) {
            throw new IOException(source + " must be a list of lines 'key: value'.");
        }
        var values = new EnumMap<RecipeKey, Object>(RecipeKey.class);
        for (var field : root.properties()) {
            RecipeKey key = RecipeKey.of(field.getKey(), source);
            values.put(key, key.read(text(field.getValue()), source + ": " + key.key()));
        }
        return new Recipe(source, values);
    }

    private static String text(JsonNode node) {
        if (!node.isArray()) {
            return node.isValueNode() && !node.isNull() ? node.asText() : "";
        }
        List<String> parts = new ArrayList<>();
        node.forEach(part -> parts.add(part.asText()));
        return String.join(",", parts);
    }

    /** This recipe, overruled by an option of the command line. */
    public Recipe with(RecipeKey key, String text) {
        var all = new EnumMap<RecipeKey, Object>(RecipeKey.class);
        all.putAll(values);
        all.put(key, key.read(text, key.option().isEmpty() ? key.key() : key.option()));
        return new Recipe(source, all);
    }

    /** Whether the recipe itself says it. */
    public boolean says(RecipeKey key) {
        return values.containsKey(key);
    }

    private Object get(RecipeKey key) {
        Object value = values.get(key);
        return value != null ? value : key.read(key.standard(), key.key());
    }

    public double number(RecipeKey key) {
        return ((Number) get(key)).doubleValue();
    }

    public int whole(RecipeKey key) {
        return Math.toIntExact(((Number) get(key)).longValue());
    }

    public long seed() {
        return ((Number) get(RecipeKey.SEED)).longValue();
    }

    public boolean yes(RecipeKey key) {
        return (Boolean) get(key);
    }

    public String word(RecipeKey key) {
        return (String) get(key);
    }

    /** The labels that the recipe was published for; empty when it does not say. */
    @SuppressWarnings("unchecked")
    public List<String> classes() {
        return (List<String>) values.getOrDefault(RecipeKey.CLASSES, List.of());
    }
}
