package io.hilum.imaging.canvas;

/**
 * A canvas and where it comes from.
 *
 * @param canvas the pixels
 * @param renderer which renderer made it: another version may make other pixels
 * @param sourceColumns width of the DICOM image: canvas x * sourceColumns / width = DICOM column (pixel edges)
 * @param sourceRows height of the DICOM image
 */
public record RenderedCanvas(Canvas canvas, String renderer, int sourceColumns, int sourceRows) {}
