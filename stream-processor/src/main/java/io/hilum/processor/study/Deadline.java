package io.hilum.processor.study;

import io.hilum.contracts.trace.TraceContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * When a study becomes final.
 *
 * @param idleAt not before this, milliseconds since the epoch: an image that came since it was written puts it off
 * @param hardAt at the latest, milliseconds since the epoch
 * @param traces of the images so far, for the final revision to link to; empty where nobody records spans
 */
record Deadline(long idleAt, long hardAt, List<TraceContext> traces) {

    /** Beyond, an operator does not follow links any more, and each image writes all of them once more. */
    private static final int MOST_TRACES = 100;
    private static final int TIMES = 2 * Long.BYTES;
    /** Trace id, span id, flags. */
    private static final int TRACE = 3 * Long.BYTES + 1;

    Deadline {
        traces = List.copyOf(traces);
    }

    static Deadline first(long now, Duration idle, Duration hardCap) {
        return new Deadline(now + idle.toMillis(), now + hardCap.toMillis(), List.of());
    }

    /** The idle time starts anew with the last image, the hard cap stays. */
    Deadline extended(long lastImage, Duration idle) {
        return new Deadline(lastImage + idle.toMillis(), hardAt, traces);
    }

    /** One more image's trace. */
    Deadline with(Optional<TraceContext> trace) {
        if (trace.isEmpty() || traces.size() >= MOST_TRACES) {
            return this;
        }
        List<TraceContext> more = new ArrayList<>(traces);
        more.add(trace.get());
        return new Deadline(idleAt, hardAt, more);
    }

    boolean isPast(long now) {
        return now >= idleAt || now >= hardAt;
    }

    boolean isHard(long now) {
        return now >= hardAt && now < idleAt;
    }

    static Serde<Deadline> serde() {
        return Serdes.serdeFrom(
                (store, deadline) -> deadline == null ? null : deadline.bytes(),
                (store, bytes) -> bytes == null ? null : of(ByteBuffer.wrap(bytes)));
    }

    /** Both times, then the traces: a version before traces reads the times and stops. */
    private byte[] bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(TIMES + traces.size() * TRACE).putLong(idleAt).putLong(hardAt);
        for (TraceContext trace : traces) {
            bytes.putLong(Long.parseUnsignedLong(trace.traceId(), 0, 16, 16))
                    .putLong(Long.parseUnsignedLong(trace.traceId(), 16, 32, 16))
                    .putLong(Long.parseUnsignedLong(trace.spanId(), 16)).put((byte) trace.flags());
        }
        return bytes.array();
    }

    private static Deadline of(ByteBuffer bytes) {
        long idleAt = bytes.getLong();
        long hardAt = bytes.getLong();
        List<TraceContext> traces = new ArrayList<>();
        while (bytes.remaining() >= TRACE) {
            String traceId = hex(bytes.getLong()) + hex(bytes.getLong());
            traces.add(new TraceContext(traceId, hex(bytes.getLong()), bytes.get() & 0xFF, ""));
        }
        return new Deadline(idleAt, hardAt, traces);
    }

    private static String hex(long bits) {
        return HexFormat.of().toHexDigits(bits);
    }
}
