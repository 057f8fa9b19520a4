package io.hilum.processor.study;

/**
 * How far the images of a partition are worked off. After downtime, or when more comes than can be scored, a
 * study's next image may have been received long ago and still wait on the topic: time alone says nothing then.
 */
@FunctionalInterface
public interface Backlog {

    /** Nothing ever waits. */
    Backlog NONE = (partition, now) -> now;

    /**
     * Returns at once; what it does not know it finds out until it is asked again.
     *
     * @param partition of both image topics
     * @param now milliseconds since the epoch
     * @return what was received up to this time, milliseconds since the epoch, is merged and committed;
     *     {@link Long#MIN_VALUE} when that is not known
     */
    long workedOffUntil(int partition, long now);
}
