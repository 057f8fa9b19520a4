package io.hilum.exporter;

import io.hilum.exporter.onnx.ConstantFile;
import io.hilum.exporter.onnx.Network;
import io.hilum.inference.RuntimeNetworks;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where networks lie while they are proven: on the disk, constants beside the graphs as in a bundle, because EVA-X-B's are 345 MB
 * and several forms of them would not fit into a usual heap. One thread; closing deletes it.
 */
public final class WorkFolder implements AutoCloseable {

    private static final String SCORES = "scores.onnx";
    private static final String MAPS = "maps.onnx";

    private final Path folder;

    private WorkFolder(Path folder) {
        this.folder = folder;
    }

    /** @param parent folder that has room */
    public static WorkFolder in(Path parent) throws IOException {
        Files.createDirectories(parent);
        return new WorkFolder(Files.createTempDirectory(parent, ".export-"));
    }

    /** For an engine. */
    public RuntimeNetworks pair(Precision precision, Network scores, Network maps) throws IOException {
        Path place = Files.createTempDirectory(folder, "pair-");
        ConstantFile.write(place, Bundle.CONSTANTS, Map.of(SCORES, scores, MAPS, maps));
        return new RuntimeNetworks(Files.readAllBytes(place.resolve(SCORES)), Files.readAllBytes(place.resolve(MAPS)), precision,
                Optional.of(place));
    }

    /** @return the graph's file, its constants beside it */
    public Path alone(Network network) throws IOException {
        Path place = Files.createTempDirectory(folder, "alone-");
        ConstantFile.write(place, Bundle.CONSTANTS, Map.of(SCORES, network));
        return place.resolve(SCORES);
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }
}
