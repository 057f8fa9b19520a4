package io.hilum.trainer.films;

/**
 * A film that was read.
 *
 * @param slot where its input lies in the {@link Workspace}
 * @param sha256 [32] of its canvas' pixels
 * @param width of the stored image in pixels
 * @param height likewise
 */
record Film(FilmRow row, int slot, byte[] sha256, int width, int height) {}
