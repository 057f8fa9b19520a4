package io.hilum.trainer.data;

import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The films that weights were taught, kept beside them: {@code sha256} U8 [N,32] of canvases, {@code inputs} U8 [M,32] of
 * the inputs' pixels where a canvas is not known, {@code cluster} I64 [K] of the patients of films that have names (numbers of
 * made-up films mean nothing outside of their cache). Weights that began with others keep what those were taught, too.
 *
 * <p>Threads: confined to one.
 */
public final class Taught {
    /** The file's name in a folder with weights. */
    public static final String FILE = "taught.safetensors";
    private static final int DIGEST = 32;

    private final Set<ByteBuffer> canvases = new TreeSet<>();
    private final Set<ByteBuffer> inputs = new TreeSet<>();
    private final Set<Long> clusters = new TreeSet<>();

    private Taught() {}

    /** What the weights in a folder were taught; empty where nobody noted it. */
    public static Optional<Taught> in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Safetensors saved = Safetensors.read(file);
        var taught = new Taught();
        digests(saved, "sha256", taught.canvases);
        digests(saved, "inputs", taught.inputs);
        if (saved.tensors().containsKey("cluster")) {
            for (long cluster : saved.get("cluster").longs()) {
                taught.clusters.add(cluster);
            }
        }
        return Optional.of(taught);
    }

    /** What the weights in a file were taught; empty where nobody noted it, or for no file. */
    public static Optional<Taught> beside(Path weights) throws IOException {
        return weights == null ? Optional.empty() : in(weights.toAbsolutePath().getParent());
    }

    /** Notes films in a folder, beside those that are noted there. */
    public static void add(Path folder, FilmSelection films) throws IOException {
        Taught taught = in(folder).orElseGet(Taught::new);
        FilmCache cache = films.cache();
        java.util.Arrays.stream(films.index()).distinct().forEach(i -> {
            byte[] canvas = cache.info(i).sha256();
            (canvas == null ? taught.inputs : taught.canvases).add(ByteBuffer.wrap(canvas == null ? Overlap.inputDigest(cache, i) : canvas));
            if (!cache.name(i).isEmpty()) {
                taught.clusters.add(cache.cluster(i));
            }
        });
        taught.write(folder);
    }

    /** Keeps this in a folder of weights that begin with these; {@link #add} then adds to it. */
    public void write(Path folder) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        put(tensors, "sha256", canvases);
        put(tensors, "inputs", inputs);
        if (!clusters.isEmpty()) {
            tensors.put("cluster", Tensor.of(clusters.stream().mapToLong(Long::longValue).toArray(), clusters.size()));
        }
        Files.createDirectories(folder);
        Safetensors.write(folder.resolve(FILE), tensors);
    }

    /** @throws IOException one sentence that names the first film that was taught, or whose patient was */
    public void refuse(FilmSelection measured) throws IOException {
        Optional<String> film = first(measured);
        if (film.isPresent()) {
            throw new IOException(film.get() + ": what is taught must not measure; take other films.");
        }
    }

    /** Names the first film that was taught, or whose patient was, and says which of the two; empty when there is none. */
    public Optional<String> first(FilmSelection measured) throws IOException {
        FilmCache cache = measured.cache();
        for (int i : measured.index()) {
            byte[] canvas = cache.info(i).sha256();
            if (canvas != null && canvases.contains(ByteBuffer.wrap(canvas))
                    || !inputs.isEmpty() && inputs.contains(ByteBuffer.wrap(Overlap.inputDigest(cache, i)))) {
                return Optional.of(named(cache, i, "has the same pixels as a film that the weights were taught"));
            }
            if (!cache.name(i).isEmpty() && clusters.contains(cache.cluster(i))) {
                return Optional.of(named(cache, i, "is of a patient or group of which the weights were taught a film"));
            }
        }
        return Optional.empty();
    }

    private static String named(FilmCache cache, int film, String why) {
        return "Film %s of %s %s (%s)".formatted(Overlap.called(cache, film), cache.file(), why, FILE);
    }

    private static void digests(Safetensors saved, String name, Set<ByteBuffer> to) throws IOException {
        if (saved.tensors().containsKey(name)) {
            byte[] all = saved.get(name).bytes();
            for (int at = 0; at < all.length; at += DIGEST) {
                to.add(ByteBuffer.wrap(java.util.Arrays.copyOfRange(all, at, at + DIGEST)));
            }
        }
    }

    private static void put(Map<String, Tensor> tensors, String name, Set<ByteBuffer> digests) {
        if (!digests.isEmpty()) {
            ByteBuffer all = ByteBuffer.allocate(digests.size() * DIGEST);
            digests.forEach(digest -> all.put(digest.duplicate()));
            tensors.put(name, Tensor.of(all.array(), digests.size(), DIGEST));
        }
    }
}
