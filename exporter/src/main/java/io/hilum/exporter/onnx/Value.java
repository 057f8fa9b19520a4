package io.hilum.exporter.onnx;

/** A tensor inside the graph, by its name. */
record Value(String name) {}
