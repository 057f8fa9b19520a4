package io.hilum.inference;

/**
 * Where an image's time went.
 *
 * @param queueNanos from submit to the start of its batch, in ns
 * @param computeNanos the batch in the engine, in ns (shared by the batch)
 * @param outputNanos turning the batch's output into results, in ns (shared by the batch)
 * @param batch how many images shared the batch
 * @param passes 1, or 2 where a second pass drew the maps of further positive labels
 */
public record StageTimes(long queueNanos, long computeNanos, long outputNanos, int batch, int passes) {

    /** Of one pass. */
    public StageTimes(long queueNanos, long computeNanos, long outputNanos, int batch) {
        this(queueNanos, computeNanos, outputNanos, batch, 1);
    }

    StageTimes queued(long nanos) {
        return new StageTimes(nanos, computeNanos, outputNanos, batch, passes);
    }

    /** With what a second pass took. */
    public StageTimes andThen(StageTimes second) {
        return new StageTimes(queueNanos, computeNanos + second.computeNanos, outputNanos + second.outputNanos, batch,
                passes + second.passes);
    }
}
