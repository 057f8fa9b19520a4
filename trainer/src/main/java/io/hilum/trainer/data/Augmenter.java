package io.hilum.trainer.data;

import io.hilum.model.input.Resampler;
import java.util.random.RandomGenerator;

/**
 * Carries out an {@link Augmentation} film by film: of the mapped cache only the part that is used is read, and
 * all memory is kept for the next film. What comes out depends on the arguments alone.
 *
 * <p>Threads: each thread has its own.
 */
final class Augmenter {
    private static final ThreadLocal<Augmenter> OF_THREAD = ThreadLocal.withInitial(Augmenter::new);

    private final Resampler resampler = new Resampler();
    private final GreyImage image = new GreyImage();
    private byte[] part = new byte[0];
    private byte[] whole = new byte[0];

    static Augmenter ofThread() {
        return OF_THREAD.get();
    }

    /** @return [size * size] grey bytes, valid until this thread's next call */
    byte[] make(Augmentation how, FilmCache cache, int film, int size, RandomGenerator random) {
        byte[] to = image.begin(size);
        if (how.minArea() < 1) {
            CropBox box = CropBox.draw(cache.size(), how.minArea(), random);
            resize(cache, film, box, how.flip() && random.nextBoolean(), to, size);
        } else {
            boolean mirror = how.flip() && random.nextBoolean();
            if (how.shorter() == 0 || how.shorter() == size) {
                resize(cache, film, new CropBox(0, 0, cache.size(), cache.size()), mirror, to, size);
            } else {
                centre(cache, film, how.shorter(), mirror, to, size);
            }
        }
        if (how.contrast() > 0) {
            double gain = 1 + how.contrast() * (2 * random.nextDouble() - 1);
            image.tone(gain, how.contrast() * (2 * random.nextDouble() - 1) * 64);
        }
        how.operations().apply(image, random);
        return image.finish();
    }

    private void resize(FilmCache cache, int film, CropBox box, boolean mirror, byte[] to, int size) {
        if (part.length < box.width() * box.height()) {
            part = new byte[cache.size() * cache.size()];
        }
        cache.region(film, box.x(), box.y(), box.width(), box.height(), part);
        resampler.resize(part, box.width(), 0, 0, box.width(), box.height(), mirror, to, size, size);
    }

    private void centre(FilmCache cache, int film, int shorter, boolean mirror, byte[] to, int size) {
        if (shorter < size) {
            throw new IllegalArgumentException("No %d pixels can be cut out of films resized to %d.".formatted(size, shorter));
        }
        if (whole.length != shorter * shorter) {
            whole = new byte[shorter * shorter];
        }
        resize(cache, film, new CropBox(0, 0, cache.size(), cache.size()), false, whole, shorter);
        // The middle as Python's round() finds it: halves go to the even neighbour.
        int inset = (int) Math.rint((shorter - size) / 2.0);
        resampler.resize(whole, shorter, inset, inset, size, size, mirror, to, size, size);
    }
}
