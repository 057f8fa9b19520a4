/**
 * From stored pixel values to the canvas: 8-bit grey, bone white, aspect kept, the only thing a model ever sees.
 */
package io.hilum.imaging.canvas;
