package io.hilum.k8s.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** The images under test, built by the project's own script from what this build has packaged. */
final class Images {

    private static final Path ROOT = Path.of(System.getProperty("hilum.root", "..")).toAbsolutePath().normalize();
    private static final String BASE = "hilum/base:bookworm";
    private static final int MINUTES = 10;

    private Images() {}

    static Path root() {
        return ROOT;
    }

    /** Where a run leaves logs and bundles. */
    static Path work() throws IOException {
        return Files.createDirectories(ROOT.resolve("k8s/target/containers"));
    }

    /** Why these images cannot be built and run here, as a sentence; empty where they can. */
    static Optional<String> obstacle(String... names) throws IOException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("no Docker answers. As root on Debian: apt-get install docker.io iptables debootstrap; dockerd &");
        }
        for (String name : names) {
            Path packaged = ROOT.resolve(name.equals("kafka") ? "libs/embedded/target/lib" : name + "/target/quarkus-app");
            if (!Files.isDirectory(packaged)) {
                return Optional.of(packaged + " is not there. Package first: mvn -DskipTests package");
            }
        }
        return hasBase() || mayMakeBase() ? Optional.empty()
                : Optional.of("there is no base image, and making one needs root and debootstrap. Once, as root: k8s/images/build kafka");
    }

    /**
     * Builds {@code hilum/NAME:VERSION} of each name; layers that have not changed are Docker's own from earlier runs.
     *
     * @throws IllegalStateException with the script's own words when it fails: without an {@link #obstacle} it must succeed
     */
    static void build(String... names) throws IOException, InterruptedException {
        Path log = work().resolve("images.log");
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("k8s/images/build").toString()));
        command.addAll(List.of(names));
        Process build = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!build.waitFor(MINUTES, TimeUnit.MINUTES)) {
            build.destroy();
            throw new IllegalStateException("k8s/images/build was not through after " + MINUTES + " min; it wrote " + log);
        }
        if (build.exitValue() != 0) {
            throw new IllegalStateException("k8s/images/build failed: " + Files.readString(log).strip());
        }
    }

    /** What an image is called: {@code hilum/NAME:VERSION}, the version of this build. */
    static String named(String name) {
        return "hilum/" + name + ":" + System.getProperty("hilum.version");
    }

    private static boolean hasBase() {
        return DockerClientFactory.lazyClient().listImagesCmd().withReferenceFilter(BASE).exec().size() == 1;
    }

    private static boolean mayMakeBase() throws IOException {
        boolean root = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        return root && Stream.of("/usr/sbin/debootstrap", "/sbin/debootstrap").anyMatch(each -> Files.isExecutable(Path.of(each)));
    }
}
