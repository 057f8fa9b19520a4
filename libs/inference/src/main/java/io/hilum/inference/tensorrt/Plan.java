package io.hilum.inference.tensorrt;

/**
 * A plan in the memory of a GPU.
 *
 * <p>Threading: {@link #openLane} may be called by several threads at once; {@link #close} by one, when all lanes are
 * closed.
 */
interface Plan extends AutoCloseable {

    /** A further way through this plan. */
    Lane openLane();

    /** Gives the weights' memory back. */
    @Override
    void close();
}
