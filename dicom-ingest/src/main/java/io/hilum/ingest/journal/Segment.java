package io.hilum.ingest.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One file of the journal. Lines are only ever added at its end.
 *
 * <p>Threading: {@link #append} under the journal's lock; {@link #force} and {@link #read} from any thread.
 */
final class Segment implements AutoCloseable {

    /** Called for each whole line of a file. */
    interface LineReader {
        void line(JournalLine line, Position position) throws IOException;
    }

    private final long number;
    private final Path file;
    private final FileChannel channel;
    private long size;
    /** Entries of this file that are not yet announced; under the journal's lock. */
    int pending;

    Segment(long number, Path file) throws IOException {
        this.number = number;
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.size = channel.size();
    }

    long number() {
        return number;
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    /**
     * Adds one line; not yet durable.
     *
     * @throws IOException with the file as it was before; where even that fails, a torn line is left, which the
     *     next reader skips
     */
    Position append(JournalLine line) throws IOException {
        byte[] bytes = line.encode();
        long start = size;
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, start + buffer.position());
            }
        } catch (IOException full) {
            channel.truncate(start);
            throw full;
        }
        size = start + bytes.length;
        return new Position(this, start, bytes.length);
    }

    void force() throws IOException {
        channel.force(false);
    }

    JournalLine read(Position position) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(position.length());
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position.offset() + buffer.position()) < 0) {
                throw new IOException("The journal " + file + " is shorter than it was; somebody else wrote to it.");
            }
        }
        byte[] line = new byte[position.length() - 1];
        buffer.get(0, line);
        return JournalLine.decode(line).orElseThrow(() -> new IOException(
                "The journal " + file + " changed at byte " + position.offset() + "; somebody else wrote to it."));
    }

    /** Reads all whole lines. @return bytes that were skipped because they were torn or changed */
    long readAll(LineReader reader) throws IOException {
        long skipped = 0;
        long offset = 0;
        channel.position(0);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet != '\n') {
                line.write(octet);
                continue;
            }
            int length = line.size() + 1;
            Optional<JournalLine> decoded = JournalLine.decode(line.toByteArray());
            if (decoded.isPresent()) {
                reader.line(decoded.get(), new Position(this, offset, length));
            } else {
                skipped += length;
            }
            offset += length;
            line.reset();
        }
        return skipped + line.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
