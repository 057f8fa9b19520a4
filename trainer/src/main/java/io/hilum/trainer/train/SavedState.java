package io.hilum.trainer.train;

import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.net.TrainStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A training that can be taken up again after a kill: weights, optimizer state and position in one file, replaced
 * as a whole. The random draws need no saving, since they follow from the seed and the position.
 *
 * @param step finished steps
 * @param best highest {@link Validation#score} so far; NaN before the first
 */
public record SavedState(long step, double best, Map<String, Tensor> tensors) {
    static final String FILE = "resume.safetensors";

    static SavedState of(long step, double best, TrainStep training) {
        return new SavedState(step, best, training.save());
    }

    /** Number and digest of the films, of their pixels where the cache has their sha256, and of all their labels: a training on others must not go on as this one. */
    public static String digest(FilmSelection films) {
        var crc = new CRC32C();
        var row = ByteBuffer.allocate(12 + 2 * films.cache().labelNames().size());
        for (int i = 0; i < films.films(); i++) {
            row.clear().putInt(films.film(i)).putLong(films.cluster(i));
            for (int l = 0; l < films.cache().labelNames().size(); l++) {
                row.putShort((short) (films.label(i, l) | (films.cache().uncertain(films.film(i), l) ? 0x100 : 0)));
            }
            crc.update(row.flip());
            byte[] pixels = films.cache().info(films.film(i)).sha256();
            if (pixels != null) {
                crc.update(pixels);
            }
        }
        return films.films() + "/" + Long.toHexString(crc.getValue());
    }

    /** @param settings a digest of what must not change between two runs of one training */
    void write(Path folder, String settings) throws IOException {
        new Safetensors(new LinkedHashMap<>(tensors),
            Map.of("step", Long.toString(step), "best", Double.toString(best), "settings", settings)).write(folder.resolve(FILE));
    }

    /** The saved training in the folder, or null. Fails when it was made with other settings. */
    static SavedState read(Path folder, String settings) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return null;
        }
        Safetensors saved = Safetensors.read(file);
        if (!settings.equals(saved.metadata().get("settings"))) {
            throw new IOException("%s belongs to a training with other settings:%n  it has   %s%n  now      %s%nRemove it to begin anew, or give the same settings."
                .formatted(file, saved.metadata().get("settings"), settings));
        }
        return new SavedState(Long.parseLong(saved.metadata().get("step")), Double.parseDouble(saved.metadata().get("best")), saved.tensors());
    }
}
