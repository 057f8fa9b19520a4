package io.hilum.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;

/**
 * An object on its way in. Write it, then {@link #commit}; {@link #close} without a commit leaves nothing.
 *
 * <p>Threading: one thread at a time.
 */
public abstract class Upload extends OutputStream {

    /** For the stores of this package. */
    protected Upload() {}

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public abstract void write(byte[] bytes, int offset, int length) throws IOException;

    /** Bytes written so far. */
    public abstract long size();

    /**
     * Makes the object visible under the key. On return it is durable: it survives a kill and, as far as the
     * disk or the S3 service keeps its word, a power cut. Once only.
     *
     * @return the object's URI; the same again if the key already holds the same bytes
     * @throws ObjectConflictException if the key already holds other bytes, which stay as they are
     * @throws IOException if it may not be durable; commit it again as a new upload
     */
    public abstract URI commit(String key) throws IOException;

    /** Gives up what was not committed. Never throws for an upload that is already committed. */
    @Override
    public abstract void close() throws IOException;
}
