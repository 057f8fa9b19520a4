package io.hilum.quickstart.house;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What an installation of the quick start is made of.
 *
 * @param root the checkout, whose packaged services are started
 * @param data where everything is kept
 * @param model a folder of trained weights to export, or a finished bundle
 * @param ports on 127.0.0.1
 * @param startLimit how long one part may take until it is ready
 * @param overrides configuration for single services, keyed by service name; wins over the house's own
 */
public record HouseOptions(
        Path root,
        Path data,
        Path model,
        Ports ports,
        Duration startLimit,
        Map<String, Map<String, String>> overrides) {

    public static final Duration START_LIMIT = Duration.ofMinutes(3);

    public HouseOptions {
        overrides = Map.copyOf(overrides);
    }

    /** This checkout, with the committed demo model unless another one is named. */
    public static HouseOptions usual(Path data, Optional<Path> model, Ports ports) {
        Path root = Path.of(System.getProperty("hilum.root", ".")).toAbsolutePath().normalize();
        return new HouseOptions(
                root, data, model.orElse(root.resolve("quickstart/demo-model")), ports, START_LIMIT, Map.of());
    }
}
