package io.hilum.inference;

/**
 * Where an image's time went.
 *
 * @param queueNanos from submit to the start of its batch, in ns
 * @param computeNanos the batch in the engine, in ns (shared by the batch)
 * @param outputNanos turning the batch's output into results, in ns (shared by the batch)
 * @param batch how many images shared the batch
 */
public record StageTimes(long queueNanos, long computeNanos, long outputNanos, int batch) {

    StageTimes queued(long nanos) {
        return new StageTimes(nanos, computeNanos, outputNanos, batch);
    }
}
