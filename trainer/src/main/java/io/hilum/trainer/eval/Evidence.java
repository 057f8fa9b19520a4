package io.hilum.trainer.eval;

import io.hilum.model.Architecture;
import io.hilum.model.bundle.SelfTest;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.net.Network;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** What others hold the model against: {@code probe.safetensors}, inputs with the trainer's own outputs. */
final class Evidence {
    static final String PROBE = "probe.safetensors";
    /** More would only take memory and time: {@link SelfTest} holds a probe in memory as a whole. */
    static final int MOST_FILMS = 2048;
    private static final int BATCH = 16;
    private static final long PROGRESS_NANOS = 10_000_000_000L;

    private final Network network;
    private final FilmCache cache;
    private final BatchLoader loader;
    private final int[] films;
    private final byte[][] inputs;
    private final float[][] logits;
    private final float[][][] maps;

    private Evidence(Network network, FilmCache cache, int films) {
        this.network = network;
        this.cache = cache;
        this.loader = new BatchLoader(cache, network.size(), BATCH, Augmentation.NONE, 0);
        this.films = spread(films, cache.films());
        this.inputs = new byte[films][];
        this.logits = new float[films][];
        this.maps = new float[films][network.classes()][];
    }

    /**
     * Films spread evenly over the cache, with all labels' maps.
     *
     * <p>Memory: films x (S x S bytes + L x G x G x 4 bytes); 256 films of 224 pixels and 14 labels take 15 MB.
     *
     * @param films how many; of a cache with fewer, all. At least {@link SelfTest#INPUTS}, which a bundle's self-test needs
     */
    static void writeProbe(Path file, Network network, FilmCache cache, int films) throws IOException {
        if (cache.films() < SelfTest.INPUTS) {
            throw new IOException("The probe needs %d films, %s has %d.".formatted(SelfTest.INPUTS, cache.file(), cache.films()));
        }
        var evidence = new Evidence(network, cache, Math.min(films, cache.films()));
        evidence.compute();
        evidence.selfTest().write(file);
    }

    /**
     * Which films, in which order: evenly over the cache, and so is every sixteen of them, since a bundle carries the first
     * {@link SelfTest#INPUTS} alone and caches are often sorted.
     */
    static int[] spread(int count, int films) {
        int[] order = new int[count];
        int filled = 0;
        for (int row = 0; filled < count; row++) {
            for (int part = 0; part < SelfTest.INPUTS; part++) {
                int at = part * count / SelfTest.INPUTS + row;
                if (at < (part + 1) * count / SelfTest.INPUTS) {
                    order[filled++] = (int) ((long) at * films / count);
                }
            }
        }
        return order;
    }

    private void compute() {
        int n = inputs.length;
        System.out.printf("Writing the probe: %d films with the maps of %d labels.%n", n, network.classes());
        long told = System.nanoTime();
        for (int from = 0; from < n; from += BATCH) {
            batch(from, Math.min(n, from + BATCH));
            if (System.nanoTime() - told > PROGRESS_NANOS) {
                System.out.printf("Probe: %d of %d films.%n", Math.min(n, from + BATCH), n);
                told = System.nanoTime();
            }
        }
    }

    /** Places {@code from} (inclusive) to {@code to} of the probe. */
    private void batch(int from, int to) {
        int pixels = network.size() * network.size();
        ByteBuffer images = ByteBuffer.allocateDirect((to - from) * pixels);
        for (int i = from; i < to; i++) {
            inputs[i] = new byte[pixels];
            loader.plain(films[i], films[i] + 1).images().get(0, inputs[i]);
            images.put(inputs[i]);
        }
        Network.Maps out = network.maps(images.flip());
        int labels = network.classes();
        int cells = Architecture.grid(network.size()) * Architecture.grid(network.size());
        for (int i = from; i < to; i++) {
            int at = (i - from) * labels;
            logits[i] = Arrays.copyOfRange(out.logits(), at, at + labels);
            for (int l = 0; l < labels; l++) {
                maps[i][l] = Arrays.copyOfRange(out.maps(), (at + l) * cells, (at + l + 1) * cells);
            }
        }
    }

    private SelfTest selfTest() {
        int labels = network.classes();
        int[] all = new int[labels];
        Arrays.setAll(all, label -> label);
        int[][] classes = new int[inputs.length][];
        Arrays.fill(classes, all);
        return new SelfTest(network.size(), labels, labels, inputs, logits, classes, maps);
    }
}
