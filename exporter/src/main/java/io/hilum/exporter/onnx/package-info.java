/**
 * Writes EVA-X networks as ONNX graphs, with exact Grad-CAM as part of the forward pass.
 *
 * <p>{@link io.hilum.exporter.onnx.EvaXGraph} puts the graph together from a stem, blocks, a head and the CAM branch,
 * each in a file of its own. Every operator is of the standard opset 17, so that any runtime can read it.
 */
package io.hilum.exporter.onnx;
