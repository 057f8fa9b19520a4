package io.hilum.processor.study;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * When a study becomes final.
 *
 * @param idleAt when no further image came, milliseconds since the epoch
 * @param hardAt at the latest, milliseconds since the epoch
 */
record Deadline(long idleAt, long hardAt) {

    static Deadline first(long now, Duration idle, Duration hardCap) {
        return new Deadline(now + idle.toMillis(), now + hardCap.toMillis());
    }

    /** One more image: the idle time starts anew, the hard cap stays. */
    Deadline extended(long now, Duration idle) {
        return new Deadline(now + idle.toMillis(), hardAt);
    }

    boolean isPast(long now) {
        return now >= idleAt || now >= hardAt;
    }

    boolean isHard(long now) {
        return now >= hardAt && now < idleAt;
    }

    static Serde<Deadline> serde() {
        return Serdes.serdeFrom(
                (store, deadline) -> deadline == null ? null
                        : ByteBuffer.allocate(2 * Long.BYTES).putLong(deadline.idleAt).putLong(deadline.hardAt).array(),
                (store, bytes) -> {
                    if (bytes == null) {
                        return null;
                    }
                    ByteBuffer longs = ByteBuffer.wrap(bytes);
                    return new Deadline(longs.getLong(), longs.getLong());
                });
    }
}
