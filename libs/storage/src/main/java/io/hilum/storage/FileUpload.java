package io.hilum.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A temporary file that gets its name last. */
final class FileUpload extends Upload {

    private final FileObjectStore store;
    private final Path temporary;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private long size;
    private boolean ended;

    FileUpload(FileObjectStore store, Path temporary) throws IOException {
        this.store = store;
        this.temporary = temporary;
        this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.remaining()) {
            drain(buffer.flip());
            buffer.clear();
        }
        if (length > buffer.capacity()) {
            drain(ByteBuffer.wrap(bytes, offset, length));
        } else {
            buffer.put(bytes, offset, length);
        }
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
            drain(buffer.flip());
            channel.force(true);
            return store.publish(temporary, key);
        } finally {
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (!ended) {
            ended = true;
            channel.close();
            Files.deleteIfExists(temporary);
        }
    }

    private void drain(ByteBuffer full) throws IOException {
        while (full.hasRemaining()) {
            channel.write(full);
        }
    }
}
