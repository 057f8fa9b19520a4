package io.hilum.processor.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Dashboard and alerts ask for nothing that a running service does not export: a silent panel is a false comfort. */
class DashboardTest {

    private static final Path GRAFANA = Path.of("../k8s/grafana");
    /** What Prometheus itself adds to every sample. */
    private static final Set<String> ADDED = Set.of("instance", "job", "namespace", "pod");

    @TempDir
    static Path stateDir;

    private static Map<String, Set<String>> exported;

    @BeforeAll
    static void scrape() throws InterruptedException {
        exported = ExportedMetrics.ofARunningService(stateDir);
    }

    @Test
    void noPanelStaysEmptyForEver() throws IOException {
        List<String> problems = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        int asked = 0;
        for (JsonNode panel : dashboard().path("panels")) {
            String title = panel.path("title").asText();
            assertTrue(ids.add(panel.path("id").asInt()), "two panels have the id of " + title);
            if (!panel.path("type").asText().equals("row")) {
                assertFalse(panel.path("targets").isEmpty(), title + " asks for nothing");
                assertFalse(panel.path("description").asText().isBlank(), title + " does not say what to think of it");
            }
            for (JsonNode target : panel.path("targets")) {
                asked++;
                problems.addAll(PromQl.problems(target.path("expr").asText(), exported, ADDED));
            }
        }
        assertEquals(List.of(), problems);
        assertTrue(asked > 20, "only " + asked + " queries");
    }

    @Test
    void theChoiceOfInstancesIsNotEmpty() throws IOException {
        String query = dashboard().path("templating").path("list").get(1).path("query").asText();
        String metric = query.replaceAll("label_values\\((\\w+), instance\\)", "$1");
        assertTrue(exported.containsKey(metric), query);
    }

    @Test
    void noAlertWaitsForSomethingThatNeverComes() throws IOException {
        List<String> problems = new ArrayList<>();
        List<Map<?, ?>> rules = rules();
        assertTrue(rules.size() >= 8, "only " + rules.size() + " alerts");
        for (Map<?, ?> rule : rules) {
            problems.addAll(PromQl.problems(String.valueOf(rule.get("expr")), exported, ADDED));
            assertTrue(Set.of("critical", "warning").contains(text(rule, "labels", "severity")), rule.toString());
            assertFalse(text(rule, "annotations", "summary").isBlank(), rule.toString());
            assertFalse(text(rule, "annotations", "description").isBlank(), rule.toString());
        }
        assertEquals(List.of(), problems);
        assertEquals(rules.size(), rules.stream().map(rule -> rule.get("alert")).distinct().count(), "two alerts have one name");
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(GRAFANA.resolve("hilum-scoring.json").toFile());
    }

    private static List<Map<?, ?>> rules() throws IOException {
        try (Reader file = Files.newBufferedReader(GRAFANA.resolve("alerts.yaml"))) {
            Map<String, List<Map<String, List<Map<?, ?>>>>> alerts = new Yaml().load(file);
            return alerts.get("groups").stream().flatMap(group -> group.get("rules").stream()).<Map<?, ?>>map(rule -> rule).toList();
        }
    }

    private static String text(Map<?, ?> rule, String part, String name) {
        return String.valueOf(((Map<?, ?>) rule.get(part)).get(name));
    }
}
