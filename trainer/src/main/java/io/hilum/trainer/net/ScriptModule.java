package io.hilum.trainer.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.hilum.model.Architecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A loaded script. One thread at a time. */
final class ScriptModule implements AutoCloseable {
    private final PtSymbolBlock block;

    ScriptModule(NDManager manager, EvaXScript script, Architecture architecture, int blocks, Precision precision, double mean, double std) {
        try {
            Path file = Files.createTempFile("hilum-", ".pt");
            try {
                ScriptArchive.write(file, script.className(), script.methods(architecture, blocks, precision, mean, std));
                block = ExitGate.through(() -> JniUtils.loadModule((PtNDManager) manager, file, true, new String[0], new String[0], true));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The network's script could not be written to the temporary folder.", e);
        }
    }

    /** Arguments in the order of the script; lists of arrays are lists, arrays are themselves. */
    static NDList arguments(Object... values) {
        NDList out = new NDList();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof NDArray array) {
                array.setName("a" + i);
                out.add(array);
            } else {
                for (Object array : (List<?>) values[i]) {
                    ((NDArray) array).setName("a" + i + "[]");
                    out.add((NDArray) array);
                }
            }
        }
        return out;
    }

    /** Runs {@code forward} with gradients allowed; what comes back belongs to the first argument's manager. */
    NDList run(Object... values) {
        return ExitGate.through(() -> IValueUtils.forward(block, arguments(values), true));
    }

    @Override
    public void close() {
        block.close();
    }
}
