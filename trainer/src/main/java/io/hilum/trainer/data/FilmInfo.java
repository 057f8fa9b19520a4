package io.hilum.trainer.data;

/**
 * What is known about a film beside its pixels and labels. Subgroups, overlap checks and reports live on it.
 *
 * @param name the film's name in its data set (mostly a path), "" when not known
 * @param age of the patient in years, -1 when not known
 * @param source where the film came from (hospital, collection), "" when not known
 * @param sha256 [32] of the canvas' pixels before they were resized to the input; null when not known. Not copied: do not change it
 * @param width of the stored film in pixels, before anything was done to it as far as the data set tells; -1 when not known
 * @param height likewise
 */
public record FilmInfo(String name, int age, Sex sex, View view, String source, byte[] sha256, int width, int height) {
    /** Nothing is known. */
    public static final FilmInfo NONE = new FilmInfo("", -1, Sex.UNKNOWN, View.UNKNOWN, "", null, -1, -1);

    public FilmInfo {
        if (name.indexOf('\n') >= 0 || source.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("A film's name and source are one line each, not '" + name + "', '" + source + "'.");
        }
        if (sha256 != null && sha256.length != 32) {
            throw new IllegalArgumentException("A SHA-256 has 32 bytes, not " + sha256.length + ".");
        }
    }
}
