package io.hilum.trainer.data;

import io.hilum.model.weights.DType;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The columns of a cache that hold {@link FilmInfo}: {@code name} U8 (UTF-8, a line feed after each name), {@code age},
 * {@code width}, {@code height} I64 [N] (-1 not known), {@code sex}, {@code view} U8 [N] (ordinals), {@code source} U8
 * [N] (index into the lines of metadata {@code sources}, 255 not known), {@code sha256} U8 [N,32] (zeros: not known).
 * Each may be missing. Read-only; any thread.
 */
final class InfoColumns {
    private static final int DIGEST = 32;
    private static final int NO_SOURCE = 255;

    private final FilmInfo[] films;

    private InfoColumns(FilmInfo[] films) {
        this.films = films;
    }

    FilmInfo get(int film) {
        return films[film];
    }

    static InfoColumns read(Path file, Safetensors data, int n) throws IOException {
        byte[] names = bytes(data, "name");
        String[] name = names == null ? null : new String(names, StandardCharsets.UTF_8).split("\n", -1);
        long[] age = longs(data, "age");
        long[] width = longs(data, "width");
        long[] height = longs(data, "height");
        byte[] sex = bytes(data, "sex");
        byte[] view = bytes(data, "view");
        byte[] source = bytes(data, "source");
        byte[] digest = bytes(data, "sha256");
        String[] sources = data.metadata().getOrDefault("sources", "").split("\n", -1);
        check(file, "name", name == null ? n : name.length - 1, n);
        check(file, "sha256", digest == null ? n : digest.length / DIGEST, n);
        for (long[] column : new long[][] {age, width, height}) {
            check(file, "age, width or height", column == null ? n : column.length, n);
        }
        for (byte[] column : new byte[][] {sex, view, source}) {
            check(file, "sex, view or source", column == null ? n : column.length, n);
        }
        FilmInfo[] films = new FilmInfo[n];
        for (int i = 0; i < n; i++) {
            int from = source == null ? NO_SOURCE : source[i] & 0xff;
            films[i] = new FilmInfo(name == null ? "" : name[i], age == null ? -1 : (int) age[i],
                sex == null ? Sex.UNKNOWN : ordinal(file, Sex.values(), sex[i]),
                view == null ? View.UNKNOWN : ordinal(file, View.values(), view[i]),
                from < sources.length ? sources[from] : "", digest == null ? null : digest(digest, i),
                width == null ? -1 : (int) width[i], height == null ? -1 : (int) height[i]);
        }
        return new InfoColumns(films);
    }

    private static void check(Path file, String column, int length, int films) throws IOException {
        if (length != films) {
            throw new IOException("%s: column %s has %d entries for %d films.".formatted(file, column, length, films));
        }
    }

    private static <E> E ordinal(Path file, E[] values, byte at) throws IOException {
        if (at < 0 || at >= values.length) {
            throw new IOException("%s: %d is no %s.".formatted(file, at, values[0].getClass().getSimpleName()));
        }
        return values[at];
    }

    private static byte[] digest(byte[] all, int film) {
        byte[] one = Arrays.copyOfRange(all, film * DIGEST, (film + 1) * DIGEST);
        return Arrays.equals(one, new byte[DIGEST]) ? null : one;
    }

    private static byte[] bytes(Safetensors data, String name) throws IOException {
        return data.tensors().containsKey(name) ? data.get(name).bytes() : null;
    }

    private static long[] longs(Safetensors data, String name) throws IOException {
        return data.tensors().containsKey(name) ? data.get(name).longs() : null;
    }

    /** The sources that occur, in the order of their first films; at most 255. */
    static List<String> sources(List<FilmInfo> films) {
        var out = new LinkedHashSet<String>();
        films.forEach(film -> out.add(film.source()));
        out.remove("");
        if (out.size() >= NO_SOURCE) {
            throw new IllegalArgumentException("A cache holds at most %d sources, not %d.".formatted(NO_SOURCE, out.size()));
        }
        return List.copyOf(out);
    }

    /** Declares the columns and makes their bytes, in the same order. */
    static List<ByteBuffer> columns(List<FilmInfo> films, Map<String, SafetensorsWriter.Spec> specs) {
        int n = films.size();
        List<String> sources = sources(films);
        StringBuilder names = new StringBuilder();
        ByteBuffer numbers = ByteBuffer.allocate(n * 24).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer codes = ByteBuffer.allocate(n * (3 + DIGEST));
        for (int i = 0; i < n; i++) {
            FilmInfo film = films.get(i);
            names.append(film.name()).append('\n');
            numbers.putLong(i * 8, film.age()).putLong((n + i) * 8, film.width()).putLong((2 * n + i) * 8, film.height());
            int source = sources.indexOf(film.source());
            codes.put(i, (byte) film.sex().ordinal()).put(n + i, (byte) film.view().ordinal())
                .put(2 * n + i, (byte) (source < 0 ? NO_SOURCE : source));
            if (film.sha256() != null) {
                codes.put(3 * n + i * DIGEST, film.sha256());
            }
        }
        byte[] text = names.toString().getBytes(StandardCharsets.UTF_8);
        for (String column : new String[] {"age", "width", "height"}) {
            specs.put(column, new SafetensorsWriter.Spec(DType.I64, n));
        }
        for (String column : new String[] {"sex", "view", "source"}) {
            specs.put(column, new SafetensorsWriter.Spec(DType.U8, n));
        }
        specs.put("sha256", new SafetensorsWriter.Spec(DType.U8, n, DIGEST));
        specs.put("name", new SafetensorsWriter.Spec(DType.U8, text.length));
        return List.of(numbers, codes, ByteBuffer.wrap(text));
    }
}
