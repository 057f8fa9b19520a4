package io.hilum.imaging.net;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Sends files, as {@code ./hilum send} does: reads every header first, proposes exactly what the files are, sends
 * them one after another and tells after each what became of it. A file that is no DICOM is reported, not sent; a
 * broken association is opened anew once for the rest.
 *
 * <p>Threading: one thread. For several associations use several senders.
 */
public final class FileSender {

    private final ScuOptions options;

    public FileSender(ScuOptions options) {
        this.options = options;
    }

    /**
     * Sends all files in their order.
     *
     * @param progress called after each file
     * @return one outcome a file, in the order of the files
     * @throws IOException when the server cannot be reached or refuses the association; nothing was sent then
     */
    public List<StoreOutcome> send(List<Path> files, Consumer<SendProgress> progress) throws IOException {
        Map<Path, Readable> readable = new LinkedHashMap<>();
        long all = 0;
        for (Path file : files) {
            Readable one = inspect(file);
            readable.put(file, one);
            all += one.bytes;
        }
        List<FileMeta> kinds = readable.values().stream().filter(one -> one.meta != null).map(one -> one.meta).toList();
        List<StoreOutcome> outcomes = new ArrayList<>();
        Run run = new Run(kinds);
        try {
            long start = System.nanoTime();
            long bytes = 0;
            int stored = 0;
            for (Path file : files) {
                StoreOutcome outcome = run.send(file, readable.get(file));
                outcomes.add(outcome);
                bytes += readable.get(file).bytes;
                stored += outcome.stored() ? 1 : 0;
                progress.accept(new SendProgress(outcome, outcomes.size(), files.size(), stored, bytes, all,
                        Duration.ofNanos(System.nanoTime() - start)));
            }
        } finally {
            run.close();
        }
        return outcomes;
    }

    /** @param meta null where the file is no DICOM; then problem says why */
    private record Readable(FileMeta meta, String problem, long bytes) {}

    private static Readable inspect(Path file) {
        long bytes = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            bytes = Files.size(file);
            FileMeta meta = Part10Input.read(in).meta();
            if (!Uids.isValid(meta.sopClassUid()) || !Uids.isValid(meta.sopInstanceUid())) {
                return new Readable(null, "The file header names no SOP class or no SOP instance.", bytes);
            }
            return new Readable(meta, "", bytes);
        } catch (IOException unreadable) {
            return new Readable(null, unreadable.getMessage(), bytes);
        }
    }

    /** The association, opened when the first file needs it. */
    private final class Run implements AutoCloseable {

        private final List<FileMeta> kinds;
        private StorageScu scu;

        Run(List<FileMeta> kinds) {
            this.kinds = kinds.stream()
                    .map(kind -> new FileMeta(kind.sopClassUid(), "", kind.transferSyntaxUid())).distinct().toList();
            if (this.kinds.size() > StorageScu.MAX_CONTEXTS) {
                throw new IllegalArgumentException("The files are of " + this.kinds.size() + " kinds, one association "
                        + "carries " + StorageScu.MAX_CONTEXTS + ". Send them in smaller lists.");
            }
        }

        StoreOutcome send(Path file, Readable readable) throws IOException {
            if (readable.meta == null) {
                return new StoreOutcome(file, "", StoreOutcome.NOT_SENT, readable.problem, readable.bytes, Duration.ZERO);
            }
            if (scu == null) {
                scu = StorageScu.connect(options, kinds);
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 256 << 10)) {
                StoreOutcome sent = scu.store(readable.meta, Part10Input.read(in).dataSet());
                return new StoreOutcome(file, sent.sopInstanceUid(), sent.status(), sent.comment(), readable.bytes, sent.took());
            } catch (IOException broke) {
                close();
                return new StoreOutcome(file, readable.meta.sopInstanceUid(), StoreOutcome.NOT_SENT,
                        "the association broke: " + broke.getMessage(), readable.bytes, Duration.ZERO);
            }
        }

        @Override
        public void close() {
            if (scu != null) {
                scu.close();
                scu = null;
            }
        }
    }
}
