package io.hilum.sink.store;

/** Another instance, or an administrator who wants a replay, moved a position: read again from there. */
public final class PositionMoved extends Exception {

    PositionMoved(String topic, int partition, long expected, long found) {
        super("%s/%d stands at %d in the database, this instance expected %d.".formatted(topic, partition, found, expected));
    }
}
