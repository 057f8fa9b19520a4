package io.hilum.ingest.door;

import io.hilum.storage.Upload;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The data set on its way past: whoever reads it here writes it into the store and into the digest.
 *
 * <p>Threading: the thread that receives the object.
 */
final class ObjectTee extends FilterInputStream {

    private final Upload upload;
    private final MessageDigest digest;
    private final long longest;
    private long dataSetBytes;

    /**
     * @param header what stands in the stored file before the data set
     * @param longest data set bytes, at most
     */
    ObjectTee(InputStream dataSet, Upload upload, byte[] header, long longest) throws StorageFailedException {
        super(dataSet);
        this.upload = upload;
        this.longest = longest;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
        store(header, 0, header.length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count > 0) {
            dataSetBytes += count;
            if (dataSetBytes <= longest) {
                store(target, offset, count);
            }
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] scratch = new byte[(int) Math.min(count, 16 << 10)];
        return Math.max(0, read(scratch, 0, scratch.length));
    }

    /** Reads what the header reader left over. */
    void toTheEnd() throws IOException {
        byte[] scratch = new byte[64 << 10];
        while (read(scratch, 0, scratch.length) >= 0) {
            // The bytes go into the store.
        }
    }

    boolean isTooLong() {
        return dataSetBytes > longest;
    }

    /** Bytes of the stored file. */
    long storedBytes() {
        return upload.size();
    }

    /** SHA-256 of the stored file, lower-case hex. Once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void store(byte[] bytes, int offset, int length) throws StorageFailedException {
        digest.update(bytes, offset, length);
        try {
            upload.write(bytes, offset, length);
        } catch (IOException failed) {
            throw new StorageFailedException(failed);
        }
    }
}
