package io.hilum.imaging.dicom;

import java.io.EOFException;
import java.io.UncheckedIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A codestream in memory for the JPEG 2000 library. Reading past its end is an unchecked exception: the library takes an
 * EOFException for a stream that was cut on purpose, and paints what is missing. One thread only.
 */
final class Jpeg2000Input extends ImageInputStreamImpl {

    private final byte[] stream;

    Jpeg2000Input(byte[] stream) {
        this.stream = stream;
    }

    @Override
    public int read() {
        int at = available(1);
        bitOffset = 0;
        streamPos = at + 1L;
        return stream[at] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        int at = available(1);
        int count = Math.min(length, stream.length - at);
        System.arraycopy(stream, at, target, offset, count);
        bitOffset = 0;
        streamPos = at + (long) count;
        return count;
    }

    @Override
    public long length() {
        return stream.length;
    }

    private int available(int bytes) {
        if (streamPos > stream.length - bytes) {
            throw new UncheckedIOException(new EOFException("it points past its end"));
        }
        return (int) streamPos;
    }
}
