package io.hilum.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Spools to a local file, because a put needs its length and digest before its first byte. */
final class S3Upload extends Upload {

    private final ConditionalPut puts;
    private final Path spool;
    private final OutputStream out;
    private final Digests digests = new Digests();
    private long size;
    private boolean ended;

    S3Upload(ConditionalPut puts, Path spool) throws IOException {
        this.puts = puts;
        this.spool = spool;
        this.out = Files.newOutputStream(spool);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        digests.update(bytes, offset, length);
        size += length;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public URI commit(String key) throws IOException {
        if (ended) {
            throw new IllegalStateException("This upload is already committed or closed; begin another.");
        }
        Keys.check(key);
        try {
            out.close();
            return puts.put(key, spool, size, digests);
        } finally {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            ended = true;
            out.close();
            Files.deleteIfExists(spool);
        }
    }
}
