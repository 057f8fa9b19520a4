package io.hilum.trainer.eval;

import io.hilum.model.bundle.SelfTest;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.net.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What others hold the model against: {@code probe.safetensors}, inputs with the trainer's own outputs. */
final class Evidence {
    static final String PROBE = "probe.safetensors";

    private Evidence() {}

    /** {@link SelfTest#INPUTS} films spread over the cache, with all labels' maps. */
    static void writeProbe(Path file, Network network, FilmCache cache) throws IOException {
        int n = SelfTest.INPUTS;
        if (cache.films() < n) {
            throw new IOException("The probe needs %d films, %s has %d.".formatted(n, cache.file(), cache.films()));
        }
        int labels = network.classes();
        int size = network.size();
        int cells = (size / io.hilum.model.Architecture.PATCH) * (size / io.hilum.model.Architecture.PATCH);
        var loader = new BatchLoader(cache, size, n, Augmentation.NONE, 0);
        byte[][] inputs = new byte[n][size * size];
        float[][] logits = new float[n][];
        int[][] classes = new int[n][labels];
        float[][][] maps = new float[n][labels][];
        for (int i = 0; i < n; i++) {
            int film = (int) ((long) i * cache.films() / n);
            ByteBuffer image = loader.plain(film, film + 1).images();
            image.get(0, inputs[i]);
            var out = network.maps(image);
            logits[i] = out.logits();
            for (int l = 0; l < labels; l++) {
                classes[i][l] = l;
                maps[i][l] = java.util.Arrays.copyOfRange(out.maps(), l * cells, (l + 1) * cells);
            }
        }
        new SelfTest(size, labels, labels, inputs, logits, classes, maps).write(file);
    }
}
