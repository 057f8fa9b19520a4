package io.hilum.quickstart.command;

import io.hilum.quickstart.house.HouseOptions;
import io.hilum.quickstart.house.Ports;
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

    @Option(names = "--dicom-port", description = "the DICOM door's port (default: 11112, or a free one)")
    private Integer dicomPort;

    @Option(names = "--page-port", description = "the worklist page's port (default: 8080, or a free one)")
    private Integer pagePort;

    HouseOptions options() {
        Path root = Path.of(System.getProperty("hilum.root", "."));
        return HouseOptions.usual(data == null ? root.resolve("data/demo") : data, Optional.ofNullable(model),
                Ports.usualOrFree().with(dicomPort, pagePort));
    }
}
