package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.hilum.model.weights.DType;
import io.hilum.model.weights.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Products of eight-bit integers, summed in 32 bits.
 *
 * <p>Activations: unsigned, one scale and zero point a site, fixed at export from films of the training set. Never
 * a scale over a batch: an image's score would depend on its neighbours. Weights: signed, symmetric, one scale an output.
 *
 * @param ranges of the smoothed activations, by {@link Site#of}
 */
record QuantisedLinears(Ops ops, Map<String, ActivationRange> ranges) implements Linears {

    private static final int LEVELS = 255;
    private static final int LARGEST_WEIGHT = 127;

    @Override
    public List<Value> of(String site, Value x, Layer... layers) {
        ActivationRange range = ranges.get(site);
        if (range == null) {
            throw new IllegalArgumentException("No range of '" + site + "' was measured.");
        }
        float low = 0;
        float high = Float.MIN_NORMAL;
        for (int c = 0; c < range.low().length; c++) {
            low = Math.min(low, range.low()[c]);
            high = Math.max(high, range.high()[c]);
        }
        double step = ((double) high - low) / LEVELS;
        Value scale = ops.graph().constant(step);
        Value zero = ops.graph().constant(TensorProto.DataType.UINT8, (byte) Math.round(-low / step));
        Value quantised = ops.quantise(x, scale, zero);
        return Arrays.stream(layers).map(layer -> product(quantised, scale, zero, layer)).toList();
    }

    private Value product(Value x, Value scale, Value zero, Layer layer) {
        int rows = layer.weight().rows();
        int columns = layer.weight().values().length / rows;
        float[] weight = layer.weight().values();
        float[] scales = new float[rows];
        ByteBuffer turned = ByteBuffer.allocate(rows * columns);
        for (int r = 0; r < rows; r++) {
            float largest = Float.MIN_NORMAL;
            for (int c = 0; c < columns; c++) {
                largest = Math.max(largest, Math.abs(weight[r * columns + c]));
            }
            scales[r] = largest / LARGEST_WEIGHT;
            for (int c = 0; c < columns; c++) {
                turned.put(c * rows + r, (byte) Math.round(weight[r * columns + c] / scales[r]));
            }
        }
        GraphBuilder graph = ops.graph();
        Value integers = graph.constant(layer.name() + ".int8", new Constant(new Tensor(DType.I8, new long[] {columns, rows}, turned)));
        return ops.integerProduct(x, integers, scale, graph.constant(layer.name() + ".int8_scale", Weight.of(scales, rows)),
                zero, layer.bias(graph));
    }
}
