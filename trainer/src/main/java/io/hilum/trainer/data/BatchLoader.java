package io.hilum.trainer.data;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Makes the batches of an epoch. The order of films and every random draw follow from the seed, the epoch and the
 * position alone, so a training that was killed goes on with the very batches that it would have seen. A film that
 * is selected several times is cropped differently each time.
 *
 * <p>Threads: any. Memory for images lies outside of the Java heap, where the collector sees no reason to hurry; give
 * batches back that are done with, or a long training grows.
 */
public final class BatchLoader {
    private record Order(int epoch, int[] positions) {}

    private final FilmSelection films;
    private final int size;
    private final int batch;
    private final Augmentation augmentation;
    private final long seed;
    private final boolean places;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private volatile Order current;

    /**
     * @param films what takes part
     * @param size side of the input in pixels
     * @param places whether the lesions' boxes are wanted; only for films that are neither cropped nor mirrored
     */
    public BatchLoader(FilmSelection films, int size, int batch, Augmentation augmentation, long seed, boolean places) {
        if (places && !augmentation.keepsPlaces()) {
            throw new IllegalArgumentException("Boxes do not follow crops, mirrors and distortions yet: films must be taken whole where places are taught.");
        }
        if ((long) batch * size * size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("%d films of %d pixels a step are more than 2 GB of pixels; lower --batch or --accumulate.".formatted(batch, size));
        }
        this.films = films;
        this.size = size;
        this.batch = batch;
        this.augmentation = augmentation;
        this.seed = seed;
        this.places = places;
    }

    /** Every film of a cache, without boxes. */
    public BatchLoader(FilmCache cache, int size, int batch, Augmentation augmentation, long seed) {
        this(FilmSelection.all(cache), size, batch, augmentation, seed, false);
    }

    public FilmSelection films() {
        return films;
    }

    /** Films in a batch. */
    public int batch() {
        return batch;
    }

    /** Full batches in an epoch; the films left over differ from epoch to epoch. */
    public int batches() {
        return films.films() / batch;
    }

    /** The order of positions in an epoch; kept for the next call, so the caller leaves the array as it is. */
    public int[] order(int epoch) {
        Order known = current;
        if (known == null || known.epoch() != epoch) {
            known = new Order(epoch, shuffled(epoch));
            current = known;
        }
        return known.positions();
    }

    private int[] shuffled(int epoch) {
        int[] order = new int[films.films()];
        var random = RandomStream.at(seed, epoch, -1);
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** The batch of a step, counted from the first epoch's first. */
    public Batch at(long step) {
        int epoch = (int) (step / batches());
        return training(order(epoch), epoch, (int) (step % batches()));
    }

    /** Batch {@code index} of an epoch with its {@link #order}. */
    public Batch training(int[] order, int epoch, int index) {
        FilmCache cache = films.cache();
        int labels = cache.labelNames().size();
        ByteBuffer images = images(batch);
        float[] targets = new float[batch * labels];
        int grid = size / 16;
        float[] covered = new float[places ? batch * labels * grid * grid : 0];
        Augmenter augmenter = Augmenter.ofThread();
        for (int b = 0; b < batch; b++) {
            int i = order[index * batch + b];
            images.put(augmenter.make(augmentation, cache, films.film(i), size, RandomStream.at(seed, epoch, i)));
            targets(i, targets, b * labels);
            for (int l = 0; places && l < labels; l++) {
                PatchCover.fill(films.label(i, l), cache.box(films.film(i), l), grid, covered, (b * labels + l) * grid * grid);
            }
        }
        return new Batch(images.flip(), targets, covered, batch);
    }

    /** Positions {@code from} (inclusive) to {@code to} with nothing random, in the selection's order. */
    public Batch plain(int from, int to) {
        FilmCache cache = films.cache();
        int labels = cache.labelNames().size();
        ByteBuffer images = images(to - from);
        float[] targets = new float[(to - from) * labels];
        Augmenter augmenter = Augmenter.ofThread();
        for (int i = from; i < to; i++) {
            images.put(augmenter.make(augmentation.plain(), cache, films.film(i), size, null));
            targets(i, targets, (i - from) * labels);
        }
        return new Batch(images.flip(), targets, new float[0], to - from);
    }

    /** Lets the memory of a batch's images be used again. Nobody may look at them, nor a tensor made of them, any more. */
    public void giveBack(Batch done) {
        giveBack(done.images());
    }

    /** As {@link #giveBack(Batch)}. */
    public void giveBack(ByteBuffer images) {
        synchronized (free) {
            if (images.capacity() == batch * size * size && free.stream().noneMatch(buffer -> buffer == images)) {
                free.push(images);
            }
        }
    }

    private ByteBuffer images(int count) {
        synchronized (free) {
            if (count == batch && !free.isEmpty()) {
                return free.pop().clear();
            }
        }
        return ByteBuffer.allocateDirect(count * size * size);
    }

    private void targets(int position, float[] to, int at) {
        for (int l = 0; l < films.cache().labelNames().size(); l++) {
            int label = films.label(position, l);
            to[at + l] = label == FilmCache.UNKNOWN ? -1 : label;
        }
    }
}
