package io.hilum.exporter.onnx;

/** Where in a block a value goes into products with weights: each such place has one scale where numbers are quantised. */
enum Site {
    /** norm1's output, into q, k and v. */
    ATTENTION_IN("attn.in"),
    /** Attention times value, into the projection. */
    ATTENTION_OUT("attn.out"),
    /** norm2's output, into gate and up. */
    MLP_IN("mlp.in"),
    /** The SwiGLU's (normed) output, into w3. */
    MLP_OUT("mlp.out");

    private final String name;

    Site(String name) {
        this.name = name;
    }

    /** Its name in a block, such as {@code blocks.3.attn.in}. */
    String of(String block) {
        return block + name;
    }
}
