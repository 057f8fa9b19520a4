package io.hilum.inference.tensorrt;

import io.hilum.inference.InferenceException;
import io.hilum.model.bundle.NetworkIo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.global.nvinfer.LayerInformationFormat;
import org.bytedeco.tensorrt.global.nvinfer.MemoryPoolType;
import org.bytedeco.tensorrt.global.nvinfer.NetworkDefinitionCreationFlag;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.global.nvinfer.ProfilingVerbosity;
import org.bytedeco.tensorrt.global.nvonnxparser;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITensor;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.bytedeco.tensorrt.nvonnxparser.IParser;

/**
 * From ONNX to a plan, in TensorRT's own steps. Nothing is given back: the process ends afterwards.
 *
 * <p>Only in {@link PlanBuilder}'s process, after {@link TensorRtSupport} has found the GPU.
 */
final class NativeBuild {

    private final BuildOrder order;
    private final NativeLog log = new NativeLog(true, System.out::println);
    private final IBuilder builder;
    private final INetworkDefinition network;
    private final IBuilderConfig config;
    /** Holds the graph's weights until the build ends. */
    private final IParser parser;

    private NativeBuild(BuildOrder order) {
        this.order = order;
        Cuda.check(cudart.cudaSetDevice(order.device()), "cudaSetDevice(" + order.device() + ")");
        builder = nvinfer.createInferBuilder(log);
        require(builder != null && !builder.isNull(), "TensorRT makes no builder");
        // Types come from the graph alone, so that norms and Grad-CAM stay in fp32.
        network = builder.createNetworkV2(1 << NetworkDefinitionCreationFlag.kSTRONGLY_TYPED.value);
        config = builder.createBuilderConfig();
        parser = nvonnxparser.createParser(network, log);
        require(network != null && config != null && parser != null, "TensorRT makes no network");
    }

    /** @throws InferenceException one sentence, when TensorRT does not build the graph */
    static void build(BuildOrder order, Path folder) throws IOException {
        NativeBuild build = new NativeBuild(order);
        build.parse();
        build.configure();
        ITimingCache times = build.timingCache();
        IHostMemory plan = build.builder.buildSerializedNetwork(build.network, build.config);
        build.require(plan != null && !plan.isNull(), "TensorRT builds no plan");
        Path file = folder.resolve(BuildOutcome.PLAN);
        write(plan, file);
        build.keep(times);
        Files.writeString(folder.resolve(BuildOutcome.LAYERS), TensorRtRuntime.get().deserialise(file)
                .createEngineInspector().getEngineInformation(LayerInformationFormat.kJSON));
    }

    private void parse() {
        // Severity 2 is warnings. From a file, because external data is looked for beside it.
        if (parser.parseFromFile(order.onnx(), 2)) {
            return;
        }
        StringBuilder errors = new StringBuilder();
        for (int i = 0; i < parser.getNbErrors(); i++) {
            errors.append(i == 0 ? "" : " | ").append(parser.getError(i).desc());
        }
        throw new InferenceException("TensorRT does not read the graph " + order.onnx() + ": " + errors);
    }

    private void configure() {
        config.setMemoryPoolLimit(MemoryPoolType.kWORKSPACE, order.workspaceBytes());
        config.setBuilderOptimizationLevel(order.effort());
        config.setProfilingVerbosity(ProfilingVerbosity.kDETAILED);
        if (!order.tf32()) {
            config.clearFlag(BuilderFlag.kTF32);
        }
        IOptimizationProfile profile = builder.createOptimizationProfile();
        int maps = 0;
        for (int i = 0; i < network.getNbInputs(); i++) {
            ITensor input = network.getInput(i);
            if (input.getName().equals(NetworkIo.CLASSES)) {
                maps = (int) input.getDimensions().d(1);
            }
            range(profile, input);
        }
        if (maps != order.maps()) {
            throw new InferenceException("The graph " + order.onnx() + " draws " + maps + " maps an image and "
                    + order.maps() + " were ordered.");
        }
        config.addOptimizationProfile(profile);
    }

    private void range(IOptimizationProfile profile, ITensor input) {
        boolean accepted = profile.setDimensions(input.getName(), OptProfileSelector.kMIN, batch(input, 1))
                && profile.setDimensions(input.getName(), OptProfileSelector.kOPT, batch(input, order.usualBatch()))
                && profile.setDimensions(input.getName(), OptProfileSelector.kMAX, batch(input, order.maxBatch()));
        require(accepted, "TensorRT does not take batches of 1 to " + order.maxBatch() + " for '" + input.getName() + "'");
    }

    private static Dims64 batch(ITensor input, int images) {
        return input.getDimensions().d(0, images);
    }

    private ITimingCache timingCache() throws IOException {
        Path file = Path.of(order.timingCache());
        byte[] known = !order.timingCache().isEmpty() && Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        BytePointer bytes = new BytePointer(Math.max(1, known.length)).put(known, 0, known.length);
        ITimingCache times = config.createTimingCache(bytes, known.length);
        if (times == null || times.isNull()) {
            times = config.createTimingCache(bytes, 0);
        }
        require(config.setTimingCache(times, false), "TensorRT does not take a timing cache");
        return times;
    }

    /** A cache that cannot be written costs the next build its time, and not this one its plan. */
    private void keep(ITimingCache times) {
        if (order.timingCache().isEmpty()) {
            return;
        }
        Path file = Path.of(order.timingCache());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            write(times.serialize(), part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException lost) {
            System.out.println("warning: the timing cache " + file + " is not written: " + lost);
        }
    }

    private static void write(IHostMemory memory, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = new BytePointer(memory.data()).capacity(memory.size()).asByteBuffer();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new InferenceException(otherwise + ": " + log.complaints() + ".");
        }
    }
}
