package io.hilum.inference.tensorrt;

import io.hilum.inference.InferenceException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.tensorrt.global.nvinfer.DataType;
import org.bytedeco.tensorrt.global.nvinfer.ExecutionContextAllocationStrategy;
import org.bytedeco.tensorrt.global.nvinfer.TensorIOMode;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/**
 * A deserialised plan.
 *
 * <p>Threading: several threads may open lanes; TensorRT allows contexts to be made concurrently from one engine.
 * Ownership: owns the engine; lanes own their contexts and are closed before.
 */
final class CudaPlan implements Plan {

    private final CudaDevice device;
    private final ICudaEngine engine;
    private final String name;
    private final PlanShape shape;
    private final Buckets buckets;
    private final Map<String, TensorShape> tensors;

    private CudaPlan(CudaDevice device, ICudaEngine engine, String name, PlanShape shape, Buckets buckets) {
        this.device = device;
        this.engine = engine;
        this.name = name;
        this.shape = shape;
        this.buckets = buckets;
        this.tensors = tensors();
    }

    /** @param engine owned by the plan from here on, also when it does not fit */
    static CudaPlan of(CudaDevice device, ICudaEngine engine, String name, PlanShape shape, Buckets buckets) {
        try {
            CudaPlan plan = new CudaPlan(device, engine, name, shape, buckets);
            plan.requireShape();
            return plan;
        } catch (RuntimeException | Error unfit) {
            Disposal.delete(engine);
            throw unfit;
        }
    }

    CudaDevice device() {
        return device;
    }

    PlanShape shape() {
        return shape;
    }

    Buckets buckets() {
        return buckets;
    }

    String name() {
        return name;
    }

    /** All inputs and outputs that the plan has, which may be more than those of {@link #shape}. */
    Map<String, TensorShape> allTensors() {
        return tensors;
    }

    /** Bytes that one context needs while it computes, for the largest batch of the plan. */
    long scratchBytes() {
        return engine.getDeviceMemorySizeV2();
    }

    /** Without memory of its own: {@link #scratchBytes} have to be lent to it. */
    IExecutionContext newContext() {
        IExecutionContext context = engine.createExecutionContext(ExecutionContextAllocationStrategy.kUSER_MANAGED);
        if (context == null || context.isNull()) {
            throw new InferenceException("TensorRT makes no execution context of " + name + ": "
                    + device.log().complaints() + ".");
        }
        return context;
    }

    @Override
    public Lane openLane() {
        device.makeCurrent();
        return CudaLane.open(this);
    }

    @Override
    public void close() {
        device.makeCurrent();
        Disposal.delete(engine);
    }

    private Map<String, TensorShape> tensors() {
        Map<String, TensorShape> found = new LinkedHashMap<>();
        for (int i = 0; i < engine.getNbIOTensors(); i++) {
            String tensor = engine.getIOTensorName(i);
            boolean input = engine.getTensorIOMode(tensor).intern() == TensorIOMode.kINPUT;
            found.put(tensor, shape(tensor, input));
        }
        return found;
    }

    private TensorShape shape(String tensor, boolean input) {
        ElementType type = type(tensor, engine.getTensorDataType(tensor).intern());
        try (Dims64 dimensions = engine.getTensorShape(tensor)) {
            int[] rest = new int[Math.max(0, dimensions.nbDims() - 1)];
            boolean fixed = true;
            for (int i = 0; i < rest.length; i++) {
                rest[i] = Math.toIntExact(dimensions.d(i + 1));
                fixed &= rest[i] > 0;
            }
            if (dimensions.nbDims() < 1 || dimensions.d(0) != -1 || !fixed) {
                throw new InferenceException("In the plan " + name + " the shape of '" + tensor + "' is not dynamic in "
                        + "its first dimension alone.");
            }
            return input ? TensorShape.input(type, rest) : TensorShape.output(type, rest);
        }
    }

    private ElementType type(String tensor, DataType type) {
        return switch (type) {
            case kUINT8 -> ElementType.UINT8;
            case kINT64 -> ElementType.INT64;
            case kFLOAT -> ElementType.FLOAT;
            default -> throw new InferenceException("In the plan " + name + " the type of '" + tensor + "' is " + type
                    + "; inputs and outputs are uint8, int64 and fp32.");
        };
    }

    private void requireShape() {
        shape.tensors().forEach((tensor, wanted) -> {
            if (!wanted.equals(tensors.get(tensor))) {
                throw new InferenceException("The plan " + name + " does not fit its card: '" + tensor + "' should be "
                        + wanted + " and is " + (tensors.containsKey(tensor) ? tensors.get(tensor) : "missing") + ".");
            }
        });
        tensors.forEach((tensor, found) -> {
            if (found.input() && !shape.tensors().containsKey(tensor)) {
                throw new InferenceException("The plan " + name + " wants an input '" + tensor + "' that nobody gives.");
            }
        });
    }
}
