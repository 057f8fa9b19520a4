package io.hilum.trainer.eval;

import io.hilum.model.Architecture;
import io.hilum.model.bundle.Sha256;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmInfo;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.net.Network;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.IntStream;

/** One pass of a network over a cache: films with a known lesion go through it with heat maps, the others without. */
final class Measuring {
    private static final int BATCH = 16;

    private final Network network;
    private final FilmCache cache;
    private final BatchLoader loader;
    private final int labels;
    private final float[][] logits;
    private final byte[][] digest;
    private final MeasuredFilms.MapHits hits;

    private Measuring(Network network, FilmCache cache) {
        this.network = network;
        this.cache = cache;
        this.loader = new BatchLoader(FilmSelection.all(cache), network.size(), 1, Augmentation.NONE, 0, false);
        this.labels = network.classes();
        this.logits = new float[cache.films()][];
        this.digest = new byte[cache.films()][];
        this.hits = new MeasuredFilms.MapHits(new byte[cache.films()][labels], new float[cache.films()][labels]);
        for (byte[] film : hits.hit()) {
            Arrays.fill(film, (byte) FilmCache.UNKNOWN);
        }
    }

    /** @param name of the data set */
    static MeasuredFilms of(String name, Network network, FilmCache cache) {
        Measuring measuring = new Measuring(network, cache);
        measuring.pass(true);
        measuring.pass(false);
        int n = cache.films();
        int[][] truth = new int[n][measuring.labels];
        for (int i = 0; i < n; i++) {
            for (int l = 0; l < measuring.labels; l++) {
                truth[i][l] = cache.label(i, l);
            }
        }
        return new MeasuredFilms(name, cache.description(), cache.labelNames(), measuring.logits, truth,
            IntStream.range(0, n).mapToLong(cache::cluster).toArray(), IntStream.range(0, n).mapToObj(cache::info).toArray(FilmInfo[]::new),
            measuring.digest, measuring.hits);
    }

    private void pass(boolean withLesion) {
        int[] films = IntStream.range(0, cache.films())
            .filter(i -> IntStream.range(0, labels).anyMatch(l -> lesion(i, l)) == withLesion).toArray();
        for (int from = 0; from < films.length; from += BATCH) {
            int[] batch = Arrays.copyOfRange(films, from, Math.min(films.length, from + BATCH));
            ByteBuffer images = images(batch);
            Network.Maps out = withLesion ? network.maps(images) : new Network.Maps(network.logits(images), null);
            for (int k = 0; k < batch.length; k++) {
                logits[batch[k]] = Arrays.copyOfRange(out.logits(), k * labels, (k + 1) * labels);
                for (int l = 0; withLesion && l < labels; l++) {
                    if (lesion(batch[k], l)) {
                        mark(batch[k], l, out.maps(), k);
                    }
                }
            }
        }
    }

    private void mark(int film, int label, float[] maps, int at) {
        int grid = Architecture.grid(network.size());
        float[] box = cache.box(film, label);
        hits.area()[film][label] = box[2] * box[3];
        hits.hit()[film][label] = (byte) (HeatMapHits.hit(maps, (at * labels + label) * grid * grid, grid, box) ? 1 : 0);
    }

    private boolean lesion(int film, int label) {
        return cache.label(film, label) == 1 && cache.box(film, label) != null;
    }

    private ByteBuffer images(int[] films) {
        int pixels = network.size() * network.size();
        ByteBuffer images = ByteBuffer.allocateDirect(films.length * pixels);
        for (int film : films) {
            ByteBuffer image = loader.plain(film, film + 1).images();
            digest[film] = sha256(image.duplicate());
            images.put(image);
        }
        return images.flip();
    }

    private static byte[] sha256(ByteBuffer bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes);
        return digest.digest();
    }
}
