package io.hilum.quickstart.house;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Command lines of the house's JVMs. */
final class Jvm {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private Jvm() {}

    /**
     * A packaged Quarkus service.
     *
     * @param root the checkout
     * @param module e.g. {@code dicom-ingest}
     * @param heapMegabytes largest heap
     * @param properties configuration as system properties
     */
    static List<String> service(Path root, String module, int heapMegabytes, Map<String, String> properties) {
        Path jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("%s is not built: %s is missing. Run ./hilum, which builds it, or mvn package."
                    .formatted(module, jar));
        }
        List<String> command = base(heapMegabytes);
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    /** A main class on this process's own class path. */
    static List<String> here(String mainClass, int heapMegabytes, List<String> arguments) {
        List<String> command = base(heapMegabytes);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private static List<String> base(int heapMegabytes) {
        return new ArrayList<>(List.of(
                JAVA,
                "-Xmx" + heapMegabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true"));
    }
}
