package io.hilum.exporter.onnx;

import java.util.Arrays;
import java.util.List;

/** How {@link RuntimeBlock} multiplies rows with weights. */
interface Linears {

    /**
     * Several layers of one input.
     *
     * @param site where in the network, see {@link Site#of}
     * @param x [M, in]
     * @return [M, out] a layer
     */
    List<Value> of(String site, Value x, Layer... layers);

    /** In fp32. */
    static Linears plain(Ops ops) {
        GraphBuilder graph = ops.graph();
        return (site, x, layers) ->
                Arrays.stream(layers).map(layer -> ops.gemm(x, layer.weight(graph), layer.bias(graph))).toList();
    }
}
