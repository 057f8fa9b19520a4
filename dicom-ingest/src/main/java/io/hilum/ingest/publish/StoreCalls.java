package io.hilum.ingest.publish;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Calls of the object store, told from those of decoder and renderer by what they throw: whatever the store throws
 * becomes an IOException, because it says nothing about the film and must not bring it into quarantine.
 */
final class StoreCalls {

    private StoreCalls() {}

    /** One call of the store. */
    interface Call<T> {
        T run() throws IOException;
    }

    static <T> T of(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (EOFException | RuntimeException fault) {
            // Decoders throw EOFException for films that were cut; here it is a connection that was.
            throw new IOException("The object store failed: " + fault, fault);
        }
    }

    /** An object of the store whose reading fails as its opening does. The reader owns it. */
    static InputStream reading(InputStream object) {
        return new FilterInputStream(object) {
            @Override
            public int read() throws IOException {
                return of(() -> in.read());
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return of(() -> in.read(target, offset, length));
            }

            @Override
            public void close() throws IOException {
                of(() -> {
                    in.close();
                    return null;
                });
            }
        };
    }
}
