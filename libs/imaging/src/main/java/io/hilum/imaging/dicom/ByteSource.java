package io.hilum.imaging.dicom;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Bytes of a stranger: counted, capped, and never trusted for a length. What is allocated grows with what arrives.
 * One thread only.
 */
final class ByteSource {

    private static final int BUFFER = 16 << 10;
    private static final int FIRST_CHUNK = 1 << 20;

    private final InputStream in;
    private final long maxBytes;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int end;
    private long consumed;

    ByteSource(InputStream in, long maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /** @return bytes taken so far: the place that errors name */
    long offset() {
        return consumed;
    }

    boolean atEnd() throws IOException {
        return !has(1);
    }

    /** @return whether so many more bytes (at most 132) are there; they are not taken */
    boolean has(int bytes) throws IOException {
        while (end - position < bytes) {
            System.arraycopy(buffer, position, buffer, 0, end - position);
            end -= position;
            position = 0;
            int read = readSome(buffer, end, BUFFER - end);
            if (read <= 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    /** @return an unsigned byte that {@link #has} has said is there, not taken */
    int peek(int index) {
        return buffer[position + index] & 0xFF;
    }

    int u16(boolean bigEndian, String what) throws IOException {
        take(2, what);
        int first = buffer[position - 2] & 0xFF;
        int second = buffer[position - 1] & 0xFF;
        return bigEndian ? first << 8 | second : second << 8 | first;
    }

    /** @return 0 to 2^32-1 */
    long u32(boolean bigEndian, String what) throws IOException {
        long first = u16(bigEndian, what);
        long second = u16(bigEndian, what);
        return bigEndian ? first << 16 | second : second << 16 | first;
    }

    private void take(int bytes, String what) throws IOException {
        if (!has(bytes)) {
            throw truncated(what);
        }
        admit(bytes, what);
        position += bytes;
        consumed += bytes;
    }

    /** Refuses a claimed length that the limit does not allow, before anything is read or allocated for it. */
    private void admit(long bytes, String what) throws DicomException {
        if (bytes > maxBytes - consumed) {
            throw new DicomException(DicomFault.TOO_LARGE, what + " claims " + bytes + " bytes, which is over the limit of "
                    + maxBytes + " bytes for an object", consumed);
        }
    }

    byte[] bytes(long length, String what) throws IOException {
        admit(length, what);
        byte[] value = new byte[(int) Math.min(length, FIRST_CHUNK)];
        int filled = 0;
        while (filled < length) {
            if (filled == value.length) {
                value = Arrays.copyOf(value, (int) Math.min(length, 2L * value.length));
            }
            int read = readThrough(value, filled, value.length - filled);
            if (read <= 0) {
                throw truncated(what);
            }
            filled += read;
        }
        return value;
    }

    /** Takes and forgets. */
    void skip(long length, String what) throws IOException {
        admit(length, what);
        byte[] waste = new byte[(int) Math.min(length, BUFFER)];
        for (long left = length; left > 0; ) {
            int read = readThrough(waste, 0, (int) Math.min(left, waste.length));
            if (read <= 0) {
                throw truncated(what);
            }
            left -= read;
        }
    }

    private int readThrough(byte[] target, int from, int length) throws IOException {
        int read = Math.min(length, end - position);
        if (read > 0) {
            System.arraycopy(buffer, position, target, from, read);
            position += read;
        } else {
            read = readSome(target, from, length);
        }
        consumed += Math.max(0, read);
        return read;
    }

    private int readSome(byte[] target, int from, int length) throws IOException {
        try {
            return in.read(target, from, length);
        } catch (EOFException e) {
            throw new DicomException(DicomFault.TRUNCATED, "The deflated dataset ends too early", consumed, e);
        } catch (ZipException e) {
            throw new DicomException(DicomFault.MALFORMED, "The deflated dataset is broken: " + e.getMessage(), consumed, e);
        }
    }

    private DicomException truncated(String what) {
        return new DicomException(DicomFault.TRUNCATED, "The bytes end within " + what
                + "; the object was cut, send it again from its source", consumed);
    }

    /** @return what was not yet taken, for another reader */
    InputStream rest() {
        return new SequenceInputStream(new ByteArrayInputStream(buffer, position, end - position), in);
    }
}
