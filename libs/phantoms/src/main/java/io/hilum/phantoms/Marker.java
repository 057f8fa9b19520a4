package io.hilum.phantoms;

/**
 * Lead letters on the film.
 *
 * @param text what is written, of the letters A, L, P, R
 * @param x left edge of the first letter, fraction of the film
 * @param y top edge, fraction of the film
 * @param height of a letter, fraction of the film
 * @param brightness grey value of the letters, 0..1
 */
public record Marker(String text, double x, double y, double height, double brightness) {

    /** Width of a letter with the gap behind it, in heights of a letter. */
    public static final double WIDTH = 6.0 / 7.0;
}
