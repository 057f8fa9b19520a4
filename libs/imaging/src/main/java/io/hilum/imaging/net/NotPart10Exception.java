package io.hilum.imaging.net;

import java.io.IOException;

/** The bytes are no DICOM Part 10 file, or its header is damaged; the message is a sentence for people. */
public final class NotPart10Exception extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean empty;

    NotPart10Exception(String sentence) {
        this(sentence, false);
    }

    NotPart10Exception(String sentence, boolean empty) {
        super(sentence);
        this.empty = empty;
    }

    /** There was not a single byte: usually a transfer that broke off, not another kind of file. */
    public boolean isEmpty() {
        return empty;
    }
}
