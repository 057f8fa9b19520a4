package io.hilum.exporter.onnx;

/** A tensor inside the graph, by its name. */
record Value(String name) {

    /** An optional input that is not given. */
    static final Value ABSENT = new Value("");
}
