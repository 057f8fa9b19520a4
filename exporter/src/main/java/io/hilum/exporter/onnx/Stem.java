package io.hilum.exporter.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkIo;
import java.util.Arrays;

/** From the graph's input to tokens. */
enum Stem {

    /**
     * uint8 [B,1,H,W], grey. Normalised in fp32 before the convolution (folding mean and deviation into the
     * weights cancels badly in fp16); patch weights are summed over the three channels, which is exact as these
     * are identical.
     */
    GREY {
        @Override
        Value input(Ops ops, int size, double mean, double std) {
            GraphBuilder graph = ops.graph();
            String side = Integer.toString(size);
            Value grey = ops.toFloat(graph.input(NetworkIo.INPUT, TensorProto.DataType.UINT8, "batch", "1", side, side));
            Value unit = ops.div(grey, graph.constant(255));
            return ops.div(ops.sub(unit, graph.constant(mean)), graph.constant(std));
        }

        @Override
        Weight patchKernel(Weight kernel) {
            int dim = (int) kernel.shape()[0];
            int pixels = Architecture.PATCH * Architecture.PATCH;
            float[] summed = new float[dim * pixels];
            for (int d = 0; d < dim; d++) {
                for (int p = 0; p < pixels; p++) {
                    double sum = 0;
                    for (int c = 0; c < Architecture.CHANNELS; c++) {
                        sum += kernel.values()[(d * Architecture.CHANNELS + c) * pixels + p];
                    }
                    summed[d * pixels + p] = (float) sum;
                }
            }
            return Weight.of(summed, dim, 1, Architecture.PATCH, Architecture.PATCH);
        }
    },

    /** fp32 [B,3,H,W], normalised already: what the reference values were computed from. */
    REFERENCE {
        @Override
        Value input(Ops ops, int size, double mean, double std) {
            String side = Integer.toString(size);
            return ops.graph().input(NetworkIo.INPUT, TensorProto.DataType.FLOAT, "batch",
                    Integer.toString(Architecture.CHANNELS), side, side);
        }

        @Override
        Weight patchKernel(Weight kernel) {
            return kernel;
        }
    };

    abstract Value input(Ops ops, int size, double mean, double std);

    abstract Weight patchKernel(Weight kernel);

    /** @return tokens [B,1+T,D]: the class token first, positions added */
    Value tokens(Ops ops, Weights weights, Architecture architecture, int size, double mean, double std, Half half) {
        GraphBuilder graph = ops.graph();
        int dim = architecture.dim();
        int patches = Architecture.grid(size) * Architecture.grid(size);
        Value image = input(ops, size, mean, std);
        Value grid = half.widen(ops.patchConvolution(half.narrow(image),
                half.narrow(graph.constant("patch_embed.weight", patchKernel(weights.get("patch_embed.proj.weight")))),
                half.narrow(graph.constant("patch_embed.bias", weights.get("patch_embed.proj.bias"))), Architecture.PATCH));
        Value rows = ops.transpose(ops.reshape(grid, 0, dim, patches), 0, 2, 1);

        float[] positions = weights.get("pos_embed").values();
        float[] first = weights.get("cls_token").values().clone();
        for (int i = 0; i < dim; i++) {
            first[i] += positions[i];
        }
        float[] others = Arrays.copyOfRange(positions, dim, positions.length);
        Value placed = ops.add(rows, graph.constant("pos_embed", Weight.of(others, 1, patches, dim)));
        Value shape = ops.concat(0, ops.dimension(image, 0), graph.constant(new long[] {1, dim}));
        Value classToken = ops.expand(graph.constant("cls_token", Weight.of(first, 1, 1, dim)), shape);
        return ops.concat(1, classToken, placed);
    }
}
