package io.hilum.trainer.train;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second training out of a folder, or the two would write over each other's state. The operating system lets go
 * of it when the process ends, however it ends; the empty file stays.
 */
public final class FolderLock implements AutoCloseable {
    static final String FILE = "lock";
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Makes the folder where there is none.
     *
     * @throws IOException with a sentence when another training, of this process or another, works in it
     */
    public static FolderLock of(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new FolderLock(channel);
            }
        } catch (OverlappingFileLockException sameProcess) {
            // The same answer as for another process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException("Another training works in %s. Wait for its end or stop it, or give another --out.".formatted(folder));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
