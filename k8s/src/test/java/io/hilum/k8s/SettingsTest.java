package io.hilum.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.hilum.k8s.Manifests.Workload;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Environment and secrets: a misspelt option would be ignored by the service in silence. */
class SettingsTest {

    private static final Pattern OPTION = Pattern.compile("(?m)^ +[\\w<>.]+ (\\w+)\\(\\);");

    @Test
    void setsOnlyOptionsThatTheServiceKnows() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (String overlay : List.of("cpu", "gpu")) {
            Manifests manifests = Manifests.of(overlay);
            for (Workload workload : manifests.workloads()) {
                Set<String> options = options(workload.name());
                Set<String> names = new TreeSet<>(manifests.environment(workload).keySet());
                workload.container().getEnv().forEach(variable -> names.add(variable.getName()));
                names.stream().filter(name -> name.startsWith("HILUM_"))
                        // HILUM_INGEST_DATA_DIR: after the prefix's two words, one or two options' names.
                        .filter(name -> !isMadeOf(name.split("_", 3)[2], options))
                        .forEach(name -> unknown.add(workload.name() + " does not know " + name));
            }
        }
        assertEquals(List.of(), unknown);
    }

    @Test
    void holdsNoSecretAndDocumentsWhereEachComesFrom() throws IOException {
        Manifests manifests = Manifests.of("cpu");
        assertTrue(manifests.objects().stream().noneMatch(object -> object.getKind().equals("Secret")));
        Set<String> wanted = new TreeSet<>();
        for (Workload workload : manifests.workloads()) {
            for (EnvVar variable : workload.container().getEnv()) {
                if (variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null) {
                    wanted.add(variable.getValueFrom().getSecretKeyRef().getName());
                }
            }
            workload.template().getSpec().getVolumes().stream().filter(volume -> volume.getSecret() != null)
                    .forEach(volume -> wanted.add(volume.getSecret().getSecretName()));
        }
        // Strimzi's operator writes these.
        wanted.remove("hilum-cluster-ca-cert");
        manifests.all(KafkaUser.class).forEach(user -> wanted.remove(user.getMetadata().getName()));
        Set<String> generated = new TreeSet<>();
        Matcher made = Pattern.compile("(?m)^secret ([\\w-]+)").matcher(Files.readString(Manifests.ROOT.resolve("secrets")));
        while (made.find()) {
            generated.add(made.group(1));
        }
        assertEquals(wanted, generated);
    }

    @Test
    void givesEachServiceTheCredentialsOfItsOwnUser() throws IOException {
        for (Workload workload : Manifests.of("cpu").workloads()) {
            Set<String> users = workload.container().getEnv().stream()
                    .filter(variable -> variable.getName().equals("KAFKA_SASL_JAAS_CONFIG"))
                    .map(variable -> variable.getValueFrom().getSecretKeyRef().getName()).collect(Collectors.toSet());
            assertEquals(workload.name().equals("trainer") ? Set.of() : Set.of(workload.name()), users);
        }
    }

    /** The names of all options in a module's typed configuration, as environment words. */
    private static Set<String> options(String module) throws IOException {
        Path source = Manifests.ROOT.resolve("..").resolve(module).resolve("src/main/java");
        Set<String> names = new TreeSet<>(Set.of("URI"));
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : (Iterable<Path>) files.filter(file -> file.toString().endsWith("Config.java"))::iterator) {
                Matcher option = OPTION.matcher(Files.readString(file));
                while (option.find()) {
                    names.add(option.group(1).replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
                }
            }
        }
        return names;
    }

    private static boolean isMadeOf(String words, Set<String> options) {
        return options.contains(words) || options.stream()
                .anyMatch(first -> words.startsWith(first + "_") && isMadeOf(words.substring(first.length() + 1), options));
    }
}
