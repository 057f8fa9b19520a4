package io.hilum.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster would drop what it does not know; here it fails. */
class ManifestsParseTest {

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void knowsEveryFieldOfEveryManifest(String overlay) throws IOException {
        assertTrue(Manifests.of(overlay).objects().size() > 40);
    }

    @Test
    void leavesNoManifestOut() throws IOException {
        try (Stream<Path> files = Files.walk(Manifests.ROOT.resolve("base"))) {
            List<String> written = files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> file.getFileName().toString()).filter(name -> !name.equals("kustomization.yaml")).sorted().toList();
            List<String> used = new java.util.ArrayList<>();
            Kustomization.read(Manifests.ROOT.resolve("base/kustomization.yaml")).get(0).get("resources")
                    .forEach(each -> used.add(each.asText()));
            assertEquals(written, used.stream().sorted().toList());
        }
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            results-sink.yaml | replicas: 2           | replcias: 2            | no field replcias
            results-sink.yaml | readOnlyRootFilesystem| readOnlyRootFileSystem | no field readOnlyRootFileSystem
            results-sink.yaml | periodSeconds: 5      | periodSecs: 5          | no field periodSecs
            results-sink.yaml | replicas: 2           | replicas: two          | from String "two"
            topics.yaml       | partitions: 12        | partitons: 12          | no field partitons
            users.yaml        | patternType: prefix   | pattern: prefix        | no field pattern
            users.yaml        | [Read]                | [Reed]                 | is not understood
            users.yaml        | type: simple          | type: simpel           | simpel
            kafka.yaml        | deleteClaim: false    | deletClaim: false      | no field deletClaim
            kafka.yaml        | port: 9093            | prot: 9093             | no field prot
            network.yaml      | policyTypes           | policyType             | no field policyType
            kafka.yaml        | kind: Kafka           | kind: Kafak            | not expected
            """)
    void refusesAMisspeltField(String file, String right, String wrong, String sentence) throws IOException {
        String yaml = Files.readString(Manifests.ROOT.resolve("base").resolve(file));
        assertTrue(yaml.contains(right), "the change must change something");
        List<ObjectNode> changed = Kustomization.parse(yaml.replace(right, wrong));
        var refused = assertThrows(IllegalArgumentException.class, () -> Manifests.of(changed));
        assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu"})
    void resolvesOverlaysAsKustomizeDoes(String overlay) throws Exception {
        Path folder = Manifests.ROOT.resolve("overlays").resolve(overlay);
        String output = kustomize(folder);
        assumeTrue(output != null, "SKIPPED: neither kubectl nor kustomize is installed, so our own resolver stands unchecked");
        Comparator<ObjectNode> order = Comparator.comparing(
                object -> object.path("kind").asText() + "/" + object.path("metadata").path("name").asText());
        assertEquals(
                Kustomization.parse(output).stream().sorted(order).toList(),
                Kustomization.resolve(folder).stream().sorted(order).toList());
    }

    private static String kustomize(Path folder) throws InterruptedException {
        for (List<String> command : List.of(
                List.of("kubectl", "kustomize", folder.toString()), List.of("kustomize", "build", folder.toString()))) {
            try {
                Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() == 0) {
                    return output;
                }
            } catch (IOException notInstalled) {
                // The next one, or none.
            }
        }
        return null;
    }
}
