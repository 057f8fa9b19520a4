package io.hilum.inference.tensorrt;

import io.hilum.inference.NetworkOutputs;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * One way through a plan: a stream with all the memory that a batch needs, reused for every batch.
 *
 * <p>Threading: leased by one thread at a time (see {@link LanePool}); the thread may differ from lease to lease. The
 * buffers belong to the lane, are written and read by absolute positions, and must not be touched after {@link #close}.
 */
interface Lane extends AutoCloseable {

    /** Where the images go, uint8 [B,1,S,S]. */
    ByteBuffer pixels();

    /** Where the labels to explain go, int64 [B,K]; empty for a plan without maps. */
    LongBuffer classes();

    /**
     * Computes the first {@code bucket} rows of the inputs, waits for the result, and leaves it in {@link #outputs}.
     *
     * @param bucket one of the sizes that the lane was opened for
     * @throws io.hilum.inference.InferenceException when the device fails; the lane is of no further use then
     */
    void run(int bucket);

    /**
     * Computes what lies in the GPU's memory several times in a row, copies nothing in or out, and waits for the last: what
     * the plan itself can give, for {@link EnqueueLoop}. The outputs are not to be read afterwards.
     *
     * @param bucket one of the sizes that the lane was opened for
     */
    void repeat(int bucket, int times);

    /** The same buffers always; their first rows are the last run's. */
    NetworkOutputs outputs();

    /** Gives the memory back. Never while a run is under way. */
    @Override
    void close();
}
