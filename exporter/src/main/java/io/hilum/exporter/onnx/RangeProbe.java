package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/** Products in fp32 whose inputs' ranges become outputs of the network, by channel. */
record RangeProbe(Ops ops, Linears plain) implements Linears {

    @Override
    public List<Value> of(String site, Value x, Layer... layers) {
        int rows = layers[0].weight().rows();
        String channels = Integer.toString(layers[0].weight().values().length / rows);
        ops.graph().output(QuantisedNetwork.LOW + site, ops.min(x, false, 0), TensorProto.DataType.FLOAT, channels);
        ops.graph().output(QuantisedNetwork.HIGH + site, ops.max(x, false, 0), TensorProto.DataType.FLOAT, channels);
        return plain.of(site, x, layers);
    }
}
