package io.hilum.trainer.data;

import io.hilum.model.bundle.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds films that two caches share. A film that is taught and measured makes every figure a lie.
 *
 * <p>Three ways to be the same: by name, by the canvas' pixels (where either cache lacks their digests, by the inputs'
 * pixels), and by patient (the cluster). Patients are compared only where both caches know their films' names, because the
 * numbers of made-up films mean nothing outside of their cache. No state; any thread.
 */
public final class Overlap {
    private Overlap() {}

    /** @throws IOException one sentence that names the first two films that should not be in both */
    public static void refuse(FilmCache a, FilmCache b) throws IOException {
        boolean digests = digests(a) && digests(b);
        // Inputs of different size cannot be compared pixel by pixel; their names and patients still are.
        boolean inputs = !digests && a.size() == b.size();
        Map<Object, Integer> names = new HashMap<>();
        Map<Object, Integer> pixels = new HashMap<>();
        Map<Object, Integer> patients = new HashMap<>();
        for (int i = 0; i < a.films(); i++) {
            if (!a.name(i).isEmpty()) {
                names.putIfAbsent(a.name(i), i);
                patients.putIfAbsent(a.cluster(i), i);
            }
            if (digests || inputs) {
                pixels.putIfAbsent(key(a, i, digests), i);
            }
        }
        for (int i = 0; i < b.films(); i++) {
            boolean named = !b.name(i).isEmpty();
            stop(a, named ? names.get(b.name(i)) : null, b, i, "have the same name");
            stop(a, digests || inputs ? pixels.get(key(b, i, digests)) : null, b, i, "have the same pixels");
            stop(a, named ? patients.get(b.cluster(i)) : null, b, i, "are of one patient or group");
        }
    }

    private static void stop(FilmCache a, Integer i, FilmCache b, int j, String why) throws IOException {
        if (i != null) {
            throw new IOException("Film %s of %s and film %s of %s %s: make the sets anew so that none shares a film or patient with another (./hilum train films splits by patient)."
                .formatted(called(a, i), a.file(), called(b, j), b.file(), why));
        }
    }

    static String called(FilmCache cache, int film) {
        return cache.name(film).isEmpty() ? "number " + (film + 1) : "'" + cache.name(film) + "'";
    }

    private static boolean digests(FilmCache cache) {
        return cache.films() > 0 && cache.info(0).sha256() != null;
    }

    private static Object key(FilmCache cache, int film, boolean digest) {
        if (digest) {
            byte[] known = cache.info(film).sha256();
            return known == null ? new Object() : ByteBuffer.wrap(known);
        }
        return ByteBuffer.wrap(inputDigest(cache, film));
    }

    /** SHA-256 of a film as the cache has it. */
    static byte[] inputDigest(FilmCache cache, int film) {
        byte[] pixels = new byte[cache.size() * cache.size()];
        cache.film(film, pixels, 0);
        return Sha256.digest().digest(pixels);
    }
}
