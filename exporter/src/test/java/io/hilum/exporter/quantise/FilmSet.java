package io.hilum.exporter.quantise;

import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes sets of films as the trainer does. */
public final class FilmSet {

    private FilmSet() {}

    /** @param labels [film][label] 0 or 1; each film is of a patient of its own */
    public static Path write(Path file, List<String> names, int size, List<byte[]> films, int[][] labels) throws Exception {
        byte[] pixels = new byte[films.size() * size * size];
        byte[] all = new byte[films.size() * names.size()];
        long[] clusters = new long[films.size()];
        for (int i = 0; i < films.size(); i++) {
            System.arraycopy(films.get(i), 0, pixels, i * size * size, size * size);
            clusters[i] = i;
            for (int l = 0; l < names.size(); l++) {
                all[i * names.size() + l] = (byte) labels[i][l];
            }
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("images", Tensor.of(pixels, films.size(), 1, size, size));
        tensors.put("labels", Tensor.of(all, films.size(), names.size()));
        tensors.put("cluster", Tensor.of(clusters, films.size()));
        new Safetensors(tensors, Map.of("labels", String.join(",", names))).write(file);
        return file;
    }
}
