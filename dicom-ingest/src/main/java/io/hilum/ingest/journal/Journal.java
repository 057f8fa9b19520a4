package io.hilum.ingest.journal;

import io.hilum.ingest.journal.JournalLine.Kind;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was stored and not yet announced, durable: the promise behind every success that the door gives.
 *
 * <p>Append-only files, a checksum a line. On opening, torn or changed lines are skipped (they were never
 * acknowledged), and what is still open is written to a fresh file; files without an open entry are removed while
 * it runs. In memory stand only positions, about 100 bytes an open entry, so that a broker may be down for days.
 *
 * <p>Threading: free to share. Many appenders share one flush ({@link GroupCommit}); one publisher reads.
 */
public final class Journal implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    private final JournalFiles files;
    private final long segmentBytes;
    private final TreeMap<Long, Position> pending = new TreeMap<>();
    private final TreeSet<Long> urgent = new TreeSet<>();
    private final KnownObjects known;
    private final Deque<Segment> segments = new ArrayDeque<>();
    private final GroupCommit commit;
    private Segment active;
    private long lastSequence;
    private long lastAppended;
    private boolean closed;

    private Journal(JournalFiles files, long segmentBytes, int remembered) throws IOException {
        this.files = files;
        this.segmentBytes = segmentBytes;
        this.known = new KnownObjects(remembered);
        recover();
        this.commit = new GroupCommit(this::flush, lastAppended);
    }

    /** Opens or makes the journal in this directory: files of 64 MiB, 50,000 announced objects remembered. */
    public static Journal open(Path directory) throws IOException {
        return open(directory, 64L << 20, 50_000);
    }

    /**
     * Opens or makes the journal in this directory.
     *
     * @param segmentBytes a file is closed at this size; too large keeps announced entries on disk for long
     * @param remembered announced objects whose repetition is recognised; a repetition beyond is announced again,
     *     which subscribers recognise by UID and digest
     * @throws IOException when another process holds the directory or the disk fails
     */
    public static Journal open(Path directory, long segmentBytes, int remembered) throws IOException {
        JournalFiles files = JournalFiles.lock(directory);
        try {
            return new Journal(files, segmentBytes, remembered);
        } catch (IOException | RuntimeException failed) {
            files.close();
            throw failed;
        }
    }

    /**
     * Appends an entry and returns when it is durable. An object that is known already is not appended again.
     *
     * @return the sequence of the object's entry, or 0 where it was announced long ago
     * @throws IOException when it is not durable: answer no success
     */
    public long append(ReceivedEntry entry) throws IOException {
        long sequence;
        long ticket;
        synchronized (this) {
            Optional<Long> before = known.sequenceOf(entry.key());
            if (before.isPresent()) {
                sequence = before.get();
                // Somebody appended it a moment ago: his entry must be durable before our success, too.
                ticket = lastAppended;
            } else {
                sequence = lastSequence + 1;
                write(JournalLine.received(entry.at(sequence)), sequence);
                if (entry.urgent()) {
                    urgent.add(sequence);
                }
                lastSequence = sequence;
                known.put(entry.key(), sequence);
                ticket = lastAppended;
            }
        }
        commit.await(ticket);
        synchronized (this) {
            notifyAll();
        }
        return sequence;
    }

    /** Whether this object was received before, as far as remembered. */
    public synchronized boolean knows(String key) {
        return known.sequenceOf(key).isPresent();
    }

    /** Whether this object is still to be announced. */
    public synchronized boolean isOpen(String key) {
        return known.sequenceOf(key).map(pending::containsKey).orElse(false);
    }

    /** Forgets that an announced object is known, so that {@link #append} announces it once more. */
    public synchronized boolean forgetAnnounced(String key) {
        Optional<Long> sequence = known.sequenceOf(key);
        if (sequence.isPresent() && pending.containsKey(sequence.get())) {
            return false;
        }
        known.remove(key);
        return true;
    }

    /**
     * The next open entry, waiting for one: the oldest urgent one, else the oldest.
     *
     * @param cursor where the reader stands; moved on
     * @return empty when none came within the time or the journal is closed
     */
    public Optional<ReceivedEntry> next(JournalCursor cursor, long waitMillis) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + waitMillis * 1_000_000;
        Position position;
        synchronized (this) {
            Position found = advance(cursor);
            while (found == null) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (closed || left <= 0) {
                    return Optional.empty();
                }
                wait(left);
                found = advance(cursor);
            }
            position = found;
        }
        return Optional.of(position.segment().read(position).entry());
    }

    private Position advance(JournalCursor cursor) {
        Long first = urgent.higher(cursor.urgent);
        if (first != null && isReadable(pending.get(first))) {
            cursor.urgent = first;
            return pending.get(first);
        }
        Map.Entry<Long, Position> next = pending.higherEntry(cursor.routine);
        while (next != null && urgent.contains(next.getKey())) {
            next = pending.higherEntry(next.getKey());
        }
        if (next == null || !isReadable(next.getValue())) {
            return null;
        }
        cursor.routine = next.getKey();
        return next.getValue();
    }

    /** Only durable entries: what a crash could still take back must not be announced. */
    private boolean isReadable(Position position) {
        return !closed && commit.durable() >= ticketOf(position);
    }

    /** Its events are acknowledged. Durable with the next flush: a crash before only announces it again. */
    public void published(long sequence) throws IOException {
        close(sequence, Kind.PUBLISHED);
    }

    /** It cannot be rendered and the administrator was told. */
    public void quarantined(long sequence) throws IOException {
        close(sequence, Kind.QUARANTINED);
    }

    private synchronized void close(long sequence, Kind kind) throws IOException {
        Position position = pending.get(sequence);
        if (position == null || closed) {
            return;
        }
        write(new JournalLine(kind, Long.toString(sequence)), 0);
        pending.remove(sequence);
        urgent.remove(sequence);
        position.segment().pending--;
        removeDoneSegments();
        notifyAll();
    }

    /** Entries that are not yet announced. */
    public synchronized int backlog() {
        return pending.size();
    }

    /** Whether nothing more can be accepted because the disk failed. */
    public boolean isBroken() {
        return commit.isBroken();
    }

    public Path directory() {
        return files.directory();
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
            active.force();
            for (Segment segment : segments) {
                segment.close();
            }
        }
        files.close();
    }

    // ---- writing; the lock is held ----

    private void write(JournalLine line, long sequence) throws IOException {
        if (closed) {
            throw new JournalException("The journal is closed because dicom-ingest is stopping.", null);
        }
        if (active.size() >= segmentBytes) {
            flushBeforeRotation();
            active = files.create(active.number() + 1);
            segments.add(active);
        }
        Position position = active.append(line);
        lastAppended = ticketOf(position);
        if (sequence > 0) {
            pending.put(sequence, position);
            position.segment().pending++;
        }
    }

    /** Its failure concerns all who wait, not only who happened to rotate: a later flush would hide the lost lines. */
    private void flushBeforeRotation() throws IOException {
        try {
            active.force();
        } catch (IOException failed) {
            commit.fail(failed);
            throw failed;
        }
    }

    /** Tickets grow along the journal: file number, then the byte behind the line. */
    private static long ticketOf(Position position) {
        return position.segment().number() << 40 | position.offset() + position.length();
    }

    private long flush() throws IOException {
        Segment file;
        long reached;
        synchronized (this) {
            file = active;
            reached = lastAppended;
        }
        try {
            file.force();
        } catch (ClosedChannelException rotated) {
            // It was flushed when the next file began, and has been removed since as done.
            if (isActive(file)) {
                throw rotated;
            }
        }
        return reached;
    }

    private synchronized boolean isActive(Segment file) {
        return file == active;
    }

    /** Only from the front: a later file holds the marks of earlier ones. */
    private void removeDoneSegments() throws IOException {
        while (segments.size() > 1 && segments.peekFirst().pending == 0) {
            Segment done = segments.removeFirst();
            done.close();
            Files.deleteIfExists(done.file());
        }
    }

    // ---- opening ----

    private void recover() throws IOException {
        List<Segment> old = files.existing();
        for (Segment segment : old) {
            long skipped = segment.readAll(this::replay);
            if (skipped > 0) {
                LOG.log(System.Logger.Level.WARNING, "Skipped {0} bytes of {1} that a crash left torn. They were never "
                        + "acknowledged; run './hilum reconcile' if the disk itself is in doubt.", skipped, segment.file());
            }
        }
        compact(old);
    }

    private void replay(JournalLine line, Position position) throws IOException {
        switch (line.kind()) {
            case RECEIVED -> {
                ReceivedEntry entry = line.entry();
                lastSequence = Math.max(lastSequence, entry.sequence());
                pending.put(entry.sequence(), position);
                if (entry.urgent()) {
                    urgent.add(entry.sequence());
                }
                known.put(entry.key(), entry.sequence());
            }
            case PUBLISHED, QUARANTINED -> {
                long sequence = Long.parseLong(line.content());
                lastSequence = Math.max(lastSequence, sequence);
                pending.remove(sequence);
                urgent.remove(sequence);
            }
            case KNOWN -> known.put(line.content(), 0L);
        }
    }

    private void compact(List<Segment> old) throws IOException {
        long number = old.isEmpty() ? 1 : old.get(old.size() - 1).number() + 1;
        Segment fresh = files.createTemporary(number);
        List<Map.Entry<Long, Position>> open = new ArrayList<>(pending.entrySet());
        for (String key : known.announced(pending.keySet())) {
            fresh.append(new JournalLine(Kind.KNOWN, key));
        }
        // Sequences never restart, also when nothing is open any more.
        fresh.append(new JournalLine(Kind.PUBLISHED, Long.toString(lastSequence)));
        for (Map.Entry<Long, Position> entry : open) {
            Position moved = fresh.append(entry.getValue().segment().read(entry.getValue()));
            pending.put(entry.getKey(), moved);
            fresh.pending++;
        }
        active = files.publish(fresh, pending, number);
        segments.add(active);
        lastAppended = number << 40 | active.size();
        for (Segment segment : old) {
            segment.close();
            Files.deleteIfExists(segment.file());
        }
        files.flushDirectory();
    }
}
