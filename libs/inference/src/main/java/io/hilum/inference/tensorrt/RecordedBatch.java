package io.hilum.inference.tensorrt;

import io.hilum.inference.InferenceException;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cudart;

/** Work on a stream, recorded once as a CUDA graph and launched with a single call. Owned by its {@link BucketContext}. */
final class RecordedBatch implements AutoCloseable {

    private final CUgraphExec_st executable;

    private RecordedBatch(CUgraphExec_st executable) {
        this.executable = executable;
    }

    /**
     * Records what {@code work} enqueues; nothing is computed.
     *
     * @throws InferenceException when something in it cannot be recorded; the stream records nothing more then
     */
    static RecordedBatch record(CUstream_st stream, Runnable work) {
        CUgraph_st graph = new CUgraph_st();
        // Of this thread only: other lanes go on allocating and computing meanwhile.
        Cuda.check(cudart.cudaStreamBeginCapture(stream, cudart.cudaStreamCaptureModeThreadLocal), "cudaStreamBeginCapture");
        try {
            work.run();
        } catch (RuntimeException | Error failed) {
            cudart.cudaStreamEndCapture(stream, graph);
            throw unrecordable(failed);
        }
        try {
            Cuda.check(cudart.cudaStreamEndCapture(stream, graph), "cudaStreamEndCapture");
            CUgraphExec_st executable = new CUgraphExec_st();
            Cuda.check(cudart.cudaGraphInstantiate(executable, graph, 0), "cudaGraphInstantiate");
            Cuda.check(cudart.cudaGraphDestroy(graph), "cudaGraphDestroy");
            return new RecordedBatch(executable);
        } catch (InferenceException failed) {
            throw unrecordable(failed);
        }
    }

    private static InferenceException unrecordable(Throwable failed) {
        return new InferenceException("The batch cannot be recorded as a CUDA graph (" + failed.getMessage()
                + "); open the engine without CUDA graphs.", failed);
    }

    void launch(CUstream_st stream) {
        Cuda.check(cudart.cudaGraphLaunch(executable, stream), "cudaGraphLaunch");
    }

    @Override
    public void close() {
        Cuda.check(cudart.cudaGraphExecDestroy(executable), "cudaGraphExecDestroy");
    }
}
