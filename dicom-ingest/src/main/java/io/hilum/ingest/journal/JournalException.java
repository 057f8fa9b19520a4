package io.hilum.ingest.journal;

import java.io.IOException;

/** An entry could not be made durable. Nothing may be acknowledged on it. */
public final class JournalException extends IOException {

    private static final long serialVersionUID = 1L;

    JournalException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
