package io.hilum.imaging.net;

import java.io.IOException;

/** The bytes are no DICOM Part 10 file, or its header is damaged; the message is a sentence for people. */
public final class NotPart10Exception extends IOException {

    private static final long serialVersionUID = 1L;

    NotPart10Exception(String sentence) {
        super(sentence);
    }
}
