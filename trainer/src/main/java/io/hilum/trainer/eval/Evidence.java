package io.hilum.trainer.eval;

import io.hilum.model.bundle.SelfTest;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.net.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What others hold the model against: {@code probe.safetensors} (inputs with the trainer's own outputs) and
 * {@code eval.safetensors} (every measured film: digest of its input, logits, truth, patient).
 */
final class Evidence {
    static final String PROBE = "probe.safetensors";
    static final String EVAL = "eval.safetensors";
    private static final int DIGEST = 32;

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

    /** @param sets predictions by the data set's name */
    static void writeEval(Path file, Map<String, Predictions> sets, int size) throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        sets.forEach((name, predictions) -> {
            FilmCache cache = predictions.cache();
            int n = cache.films();
            int labels = cache.labelNames().size();
            float[] logits = new float[n * labels];
            byte[] truth = new byte[n * labels];
            byte[] digests = new byte[n * DIGEST];
            long[] clusters = new long[n];
            var loader = new BatchLoader(cache, size, 1, Augmentation.NONE, 0);
            for (int i = 0; i < n; i++) {
                System.arraycopy(predictions.logits()[i], 0, logits, i * labels, labels);
                for (int l = 0; l < labels; l++) {
                    truth[i * labels + l] = (byte) cache.label(i, l);
                }
                System.arraycopy(sha256(loader.plain(i, i + 1).images()), 0, digests, i * DIGEST, DIGEST);
                clusters[i] = cache.cluster(i);
            }
            tensors.put(name + ".logits", Tensor.of(logits, n, labels));
            tensors.put(name + ".labels", Tensor.of(truth, n, labels));
            tensors.put(name + ".cluster", Tensor.of(clusters, n));
            tensors.put(name + ".input_sha256", Tensor.of(digests, n, DIGEST));
        });
        Safetensors.write(file, tensors);
    }

    private static byte[] sha256(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
