package io.hilum.imaging.net;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What became of one file.
 *
 * @param file the file; null for a data set that came from elsewhere
 * @param sopInstanceUid empty where the file could not be read
 * @param status DIMSE status, or -1 where the file was not sent at all
 * @param comment the server's Error Comment, or our own sentence why it was not sent
 * @param bytes size of the file
 * @param took from the first byte sent to the answer
 */
public record StoreOutcome(Path file, String sopInstanceUid, int status, String comment, long bytes, Duration took) {

    /** The status of a file that was not sent. */
    public static final int NOT_SENT = -1;

    /** Whether the server has the object now. */
    public boolean stored() {
        return status != NOT_SENT && DimseStatus.isStored(status);
    }

    /** Status and comment in one line. */
    public String sentence() {
        if (status == NOT_SENT) {
            return "not sent: " + comment;
        }
        String code = "0x%04X".formatted(status);
        return (stored() ? "stored " : "refused ") + code + (comment.isEmpty() ? "" : " " + comment);
    }
}
