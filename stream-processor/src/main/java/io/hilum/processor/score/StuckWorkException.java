package io.hilum.processor.score;

import org.apache.kafka.streams.errors.StreamsException;

/** Pending work did not end in time: the transaction must be given up and the records read again. */
public final class StuckWorkException extends StreamsException {

    StuckWorkException(String message, Throwable cause) {
        super(message, cause);
    }
}
