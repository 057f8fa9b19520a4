package io.hilum.trainer.phantom;

import io.hilum.model.input.CanvasToInput;
import io.hilum.model.input.Geometry;
import io.hilum.phantoms.Box;
import io.hilum.phantoms.Finding;
import io.hilum.phantoms.PhantomCohort;
import io.hilum.phantoms.PhantomRenderer;
import io.hilum.phantoms.PhantomSpec;
import io.hilum.phantoms.PhantomTruth;
import io.hilum.phantoms.Preset;
import io.hilum.phantoms.Split;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmInfo;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Draws phantoms straight into a {@link FilmCache}: as canvases, then through the same {@link CanvasToInput} as every film.
 *
 * <p>Threading: stateless.
 */
public final class PhantomCache {

    private PhantomCache() {
    }

    /** The findings' names in the order of the model's outputs. */
    public static List<String> labels() {
        return Arrays.stream(Finding.values()).map(Finding::label).toList();
    }

    /**
     * Writes a cache.
     *
     * @param films how many
     * @param size side of the model's input in pixels
     * @param plain 0 for lesions of all strengths; up to 1 for plain ones only
     * @param canvas side of the canvas that is drawn, in pixels; equal to {@code size} for no resizing
     */
    public static void write(Path file, Preset preset, long seed, Split split, double plain, int films, int size,
            int canvas) throws IOException {
        String description = "%d procedural phantoms (%s generator, seed %d, %s patients), no film of a person%s"
                .formatted(films, preset.name().toLowerCase(java.util.Locale.ROOT), seed,
                        split.name().toLowerCase(java.util.Locale.ROOT), plain > 0 ? "; plain lesions only (" + plain + ")" : "");
        Finding[] findings = Finding.values();
        List<PhantomSpec> specs = new PhantomCohort(preset, seed, plain).films(split).limit(films).toList();
        List<FilmInfo> infos = specs.stream().map(PhantomCache::info).toList();
        try (FilmCache.Writer writer = new FilmCache.Writer(file, infos, size, labels(), description, true, Geometry.STRETCH)) {
            for (PhantomSpec spec : specs) {
                int[] label = new int[findings.length];
                float[][] box = new float[findings.length][];
                for (Finding finding : findings) {
                    label[finding.ordinal()] = spec.has(finding) ? 1 : 0;
                    box[finding.ordinal()] = PhantomTruth.box(spec, finding).map(PhantomCache::floats).orElse(null);
                }
                byte[] film = PhantomRenderer.grey8(spec, canvas, canvas);
                byte[] input = canvas == size ? film : new CanvasToInput(Geometry.STRETCH, size).apply(film, canvas, canvas);
                writer.add(input, label, spec.patient().key(), box);
            }
            writer.finish();
        }
    }

    /** What a real data set would tell; the name is that of the patient and the study, so equal films have equal names. */
    private static FilmInfo info(PhantomSpec spec) {
        return new FilmInfo(Long.toHexString(spec.patient().key()) + "/" + spec.study(), spec.age(), Sex.of(spec.patient().sex().code()),
            View.of(spec.view().name()), spec.device().model(), null, -1, -1);
    }

    private static float[] floats(Box box) {
        return new float[] {(float) box.x(), (float) box.y(), (float) box.width(), (float) box.height()};
    }
}
