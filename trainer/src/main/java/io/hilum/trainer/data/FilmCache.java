package io.hilum.trainer.data;

import io.hilum.model.input.Geometry;
import io.hilum.model.weights.DType;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.SafetensorsWriter;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set of ready model inputs in one safetensors file, mapped into memory.
 *
 * <p>Tensors: {@code images} U8 [N,1,S,S] (of a large set only the first films; {@code images.1}, {@code images.2} and so on
 * hold the next ones, because a mapped tensor has at most 2 GiB); {@code labels} U8 [N,L] (0, 1, {@link #UNKNOWN}, or
 * one of the two that a policy made of "uncertain"); {@code cluster} I64
 * [N] (the patient; films of one patient are not independent); optionally {@code boxes} F32 [N,L,4] (lesion as x, y,
 * width, height in fractions of the film, NaN where there is none or its place is not known); optionally what
 * {@link FilmInfo} holds, in the columns {@code name}, {@code age}, {@code sex}, {@code view}, {@code source},
 * {@code sha256}, {@code width}, {@code height}. Metadata: {@code labels} (names, comma-separated), {@code description}
 * (a sentence for the card), {@code synthetic} (true or false), {@code sources} (lines), {@code geometry} (how films became
 * square; caches of before have none).
 *
 * <p>Threads: read-only, may be shared.
 */
public final class FilmCache {
    /** Label value of what nobody knows. */
    public static final int UNKNOWN = 255;
    /** As stored, where the reader of the film was uncertain and a policy made it 0. {@link #label} gives 0. */
    public static final int UNCERTAIN_NEGATIVE = 2;
    /** As stored, where the reader of the film was uncertain and a policy made it 1. {@link #label} gives 1. */
    public static final int UNCERTAIN_POSITIVE = 3;

    /** Most bytes of films in one tensor. */
    private static final long BLOCK = 1L << 30;

    private final Path file;
    private final int size;
    private final List<String> labelNames;
    private final Map<String, String> metadata;
    private final List<ByteBuffer> blocks;
    private final int filmsPerBlock;
    private final byte[] labels;
    private final long[] clusters;
    private final float[] boxes;
    private final InfoColumns info;

    private FilmCache(Path file, Safetensors data) throws IOException {
        this.file = file;
        this.metadata = data.metadata();
        Tensor films = data.get("images");
        if (films.shape().length != 4) {
            throw new IOException(file + ": images must be U8 [N,1,S,S], not " + films + ".");
        }
        this.size = (int) films.shape()[3];
        this.filmsPerBlock = (int) films.shape()[0];
        this.blocks = new ArrayList<>();
        long count = 0;
        for (Tensor block = films; block != null; block = data.tensors().get(blockName(blocks.size()))) {
            long[] shape = block.shape();
            if (block.dtype() != DType.U8 || shape.length != 4 || shape[1] != 1 || shape[2] != size || shape[3] != size
                    || count != (long) blocks.size() * filmsPerBlock) {
                throw new IOException(file + ": images must be U8 [N,1,S,S], not " + block + ".");
            }
            count += shape[0];
            blocks.add(block.data());
        }
        this.labels = data.get("labels").bytes();
        this.clusters = data.get("cluster").longs();
        this.labelNames = List.of(metadata.getOrDefault("labels", "").split(","));
        this.boxes = data.tensors().containsKey("boxes") ? data.get("boxes").floats() : null;
        int n = clusters.length;
        if (count != n || labels.length != n * labelNames.size() || boxes != null && boxes.length != labels.length * 4) {
            throw new IOException("%s does not fit together: %d films, %d labels a film, labels %s, %d clusters."
                .formatted(file, count, labelNames.size(), data.get("labels"), n));
        }
        this.info = InfoColumns.read(file, data, n);
    }

    private static String blockName(int block) {
        return block == 0 ? "images" : "images." + block;
    }

    public static FilmCache open(Path file) throws IOException {
        return new FilmCache(file, Safetensors.read(file));
    }

    public Path file() {
        return file;
    }

    /** Number of films. */
    public int films() {
        return clusters.length;
    }

    /** Side of a film in pixels. */
    public int size() {
        return size;
    }

    public List<String> labelNames() {
        return labelNames;
    }

    /** A sentence about the films. */
    public String description() {
        return metadata.getOrDefault("description", file.getFileName().toString());
    }

    public boolean synthetic() {
        return Boolean.parseBoolean(metadata.get("synthetic"));
    }

    /** How the films became square; null when not known. */
    public Geometry geometry() {
        String id = metadata.get("geometry");
        return id == null ? null : Geometry.of(id);
    }

    /** Copies film {@code i} [S * S] into {@code to} from {@code at}. */
    public void film(int i, byte[] to, int at) {
        blocks.get(i / filmsPerBlock).get(i % filmsPerBlock * size * size, to, at, size * size);
    }

    /** Copies the rectangle x, y, w, h of film {@code i} into {@code to} [h * w] from its start: no more is read than is used. */
    public void region(int i, int x, int y, int w, int h, byte[] to) {
        ByteBuffer images = blocks.get(i / filmsPerBlock);
        int from = (i % filmsPerBlock * size + y) * size + x;
        if (w == size) {
            images.get(from, to, 0, h * w);
            return;
        }
        for (int r = 0; r < h; r++) {
            images.get(from + r * size, to, r * w, w);
        }
    }

    /** 0, 1 or {@link #UNKNOWN}. */
    public int label(int i, int label) {
        int stored = labels[i * labelNames.size() + label] & 0xff;
        return stored == UNCERTAIN_NEGATIVE ? 0 : stored == UNCERTAIN_POSITIVE ? 1 : stored;
    }

    /** Whether a label that is 0 or 1 stands for "uncertain". */
    public boolean uncertain(int i, int label) {
        int stored = labels[i * labelNames.size() + label] & 0xff;
        return stored == UNCERTAIN_NEGATIVE || stored == UNCERTAIN_POSITIVE;
    }

    public long cluster(int i) {
        return clusters[i];
    }

    /** What is known about film {@code i} beside its pixels and labels; every field tells when it is not known. */
    public FilmInfo info(int i) {
        return info.get(i);
    }

    /** The film's name in its data set; "" when not known. */
    public String name(int i) {
        return info.get(i).name();
    }

    /** The patient's age in years; -1 when not known. */
    public int age(int i) {
        return info.get(i).age();
    }

    public Sex sex(int i) {
        return info.get(i).sex();
    }

    public View view(int i) {
        return info.get(i).view();
    }

    /** Where the film came from; "" when not known. */
    public String source(int i) {
        return info.get(i).source();
    }

    /** Width of the stored film in pixels; -1 when not known. */
    public int width(int i) {
        return info.get(i).width();
    }

    /** Height of the stored film in pixels; -1 when not known. */
    public int height(int i) {
        return info.get(i).height();
    }

    /** The lesion's x, y, width, height in fractions of the film; null where it is not known. */
    public float[] box(int i, int label) {
        if (boxes == null) {
            return null;
        }
        int at = (i * labelNames.size() + label) * 4;
        float[] box = Arrays.copyOfRange(boxes, at, at + 4);
        return Float.isNaN(box[0]) ? null : box;
    }

    /** Writes a cache film by film. One thread. */
    public static final class Writer implements AutoCloseable {
        private final SafetensorsWriter out;
        private final int films;
        private final int size;
        private final int labelCount;
        private final ByteBuffer labels;
        private final ByteBuffer clusters;
        private final ByteBuffer boxes;
        private final List<ByteBuffer> info;

        /** A cache without {@link FilmInfo}. The number of films must be known before the first. */
        public Writer(Path file, int films, int size, List<String> labelNames, String description, boolean synthetic)
                throws IOException {
            this(file, films, null, size, labelNames, description, synthetic, BLOCK);
        }

        /** @param films what is known about each film, in the order in which they will be added */
        public Writer(Path file, List<FilmInfo> films, int size, List<String> labelNames, String description, boolean synthetic)
                throws IOException {
            this(file, films.size(), films, size, labelNames, description, synthetic, BLOCK, null);
        }

        /** @param geometry how the films became square */
        public Writer(Path file, List<FilmInfo> films, int size, List<String> labelNames, String description, boolean synthetic,
                Geometry geometry) throws IOException {
            this(file, films.size(), films, size, labelNames, description, synthetic, BLOCK, geometry);
        }

        /** @param block most bytes of films in one tensor */
        Writer(Path file, int films, List<FilmInfo> known, int size, List<String> labelNames, String description,
                boolean synthetic, long block) throws IOException {
            this(file, films, known, size, labelNames, description, synthetic, block, null);
        }

        private Writer(Path file, int films, List<FilmInfo> known, int size, List<String> labelNames, String description,
                boolean synthetic, long block, Geometry geometry) throws IOException {
            this.films = films;
            this.size = size;
            this.labelCount = labelNames.size();
            var specs = new LinkedHashMap<String, SafetensorsWriter.Spec>();
            int perBlock = (int) Math.max(1, block / ((long) size * size));
            for (int from = 0, b = 0; from < films || b == 0; from += perBlock, b++) {
                specs.put(blockName(b), new SafetensorsWriter.Spec(DType.U8, Math.min(perBlock, films - from), 1, size, size));
            }
            specs.put("labels", new SafetensorsWriter.Spec(DType.U8, films, labelCount));
            specs.put("cluster", new SafetensorsWriter.Spec(DType.I64, films));
            specs.put("boxes", new SafetensorsWriter.Spec(DType.F32, films, labelCount, 4));
            this.info = known == null ? List.of() : InfoColumns.columns(known, specs);
            var metadata = new LinkedHashMap<>(Map.of("labels", String.join(",", labelNames), "description", description,
                "synthetic", Boolean.toString(synthetic), "sources", known == null ? "" : String.join("\n", InfoColumns.sources(known))));
            if (geometry != null) {
                metadata.put("geometry", geometry.id());
            }
            this.out = new SafetensorsWriter(file, specs, metadata);
            this.labels = ByteBuffer.allocate(films * labelCount);
            this.clusters = ByteBuffer.allocate(films * 8).order(ByteOrder.LITTLE_ENDIAN);
            this.boxes = ByteBuffer.allocate(films * labelCount * 16).order(ByteOrder.LITTLE_ENDIAN);
        }

        /**
         * @param film [S * S] grey bytes: a canvas through {@code CanvasToInput}
         * @param label 0, 1 or {@link #UNKNOWN} for each label
         * @param box for each label x, y, width, height in fractions of the film, or null
         */
        public void add(byte[] film, int[] label, long cluster, float[][] box) throws IOException {
            if (film.length != size * size || label.length != labelCount || box.length != labelCount) {
                throw new IllegalArgumentException("A film here has %d x %d pixels and %d labels.".formatted(size, size, labelCount));
            }
            out.append(ByteBuffer.wrap(film));
            clusters.putLong(cluster);
            for (int l = 0; l < labelCount; l++) {
                labels.put((byte) label[l]);
                for (int k = 0; k < 4; k++) {
                    boxes.putFloat(box[l] == null ? Float.NaN : box[l][k]);
                }
            }
        }

        /** Makes the cache visible; fails when fewer films came than announced. */
        public void finish() throws IOException {
            if (clusters.hasRemaining()) {
                throw new IllegalStateException("%d films were announced, %d came.".formatted(films, clusters.position() / 8));
            }
            out.append(labels.flip());
            out.append(clusters.flip());
            out.append(boxes.flip());
            for (ByteBuffer column : info) {
                out.append(column);
            }
            out.finish();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
