package io.hilum.quickstart.command;

import io.hilum.quickstart.house.HouseOptions;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that every command has which runs the house. */
final class HouseArguments {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where everything is kept (default: data/demo in the checkout)")
    private Path data;

    @Option(
            names = "--model",
            paramLabel = "BUNDLE",
            description = "a bundle, or a folder of trained weights to export (default: the demo model, "
                    + "trained on synthetic images)")
    private Path model;

    HouseOptions options() {
        Path root = Path.of(System.getProperty("hilum.root", "."));
        return HouseOptions.usual(data == null ? root.resolve("data/demo") : data, Optional.ofNullable(model));
    }
}
