package io.hilum.imaging.dicom;

import java.io.EOFException;
import java.io.UncheckedIOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A codestream in memory for the JPEG 2000 library, which reads packet headers byte by byte and all else in arrays. What
 * would make it paint missing pixels, hang or print is an unchecked exception: reading or seeking past the end (it takes
 * an EOFException for a stream that was cut on purpose), and FF behind FF in a packet header (it then reads ones for
 * ever; ITU-T T.800 section B.10.1 forbids it). One thread only.
 */
final class Jpeg2000Input extends ImageInputStreamImpl {

    private final byte[] stream;

    /** Where the last single byte was read that was FF; -1 when it was another. */
    private long lastFf = -1;

    Jpeg2000Input(byte[] stream) {
        this.stream = stream;
    }

    @Override
    public int read() {
        require(streamPos + 1);
        int value = stream[(int) streamPos] & 0xFF;
        if (value == 0xFF) {
            if (lastFf >= 0 && lastFf == streamPos - 1) {
                throw new IllegalStateException("a packet header has FF behind FF");
            }
            lastFf = streamPos;
        } else {
            lastFf = -1;
        }
        bitOffset = 0;
        streamPos++;
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        java.util.Objects.checkFromIndexSize(offset, length, target.length);
        require(streamPos + length);
        System.arraycopy(stream, (int) streamPos, target, offset, length);
        bitOffset = 0;
        streamPos += length;
        lastFf = -1;
        return length;
    }

    @Override
    public void seek(long position) {
        require(position);
        bitOffset = 0;
        streamPos = position;
        lastFf = -1;
    }

    @Override
    public long length() {
        return stream.length;
    }

    private void require(long end) {
        if (end < 0 || end > stream.length) {
            throw new UncheckedIOException(new EOFException("it points past its end"));
        }
    }
}
