package io.hilum.benchmarks.chaos.instance;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.contracts.event.BundlePointer;
import io.hilum.inference.BundleRefusedException;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The smallest bundle: a folder with a {@code bundle.json} that names the line and the version.
 *
 * @param line the model line
 * @param version within it
 */
public record PixelBundle(String line, String version) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Side of the canvases that its engine takes unchanged, in pixels. */
    public static int side() {
        return PixelEngine.SIDE;
    }

    /** Pixels with which an image begins that its engine cannot score. */
    public static byte[] mark() {
        return PixelEngine.MARK.clone();
    }

    /** Writes it into a folder of its own, and says where it is. */
    public BundlePointer write(Path bundles) throws IOException {
        Path folder = bundles.resolve(version).toAbsolutePath();
        Files.createDirectories(folder);
        byte[] manifest = JSON.writeValueAsBytes(this);
        Files.write(folder.resolve(Bundle.MANIFEST), manifest);
        return BundlePointer.newBuilder().setUri(folder.toUri().toString()).setSha256(Sha256.of(manifest)).setVersion(version).build();
    }

    /** @throws BundleRefusedException when it is not the one that was released */
    static PixelBundle read(Path folder, String sha256) throws BundleRefusedException {
        try {
            byte[] manifest = Files.readAllBytes(folder.resolve(Bundle.MANIFEST));
            if (!Sha256.of(manifest).equals(sha256)) {
                throw new BundleRefusedException("The bundle at " + folder + " is not the one that was released.");
            }
            return JSON.readValue(manifest, PixelBundle.class);
        } catch (IOException unreadable) {
            throw new BundleRefusedException("The bundle at " + folder + " cannot be read: " + unreadable + ".", unreadable);
        }
    }
}
