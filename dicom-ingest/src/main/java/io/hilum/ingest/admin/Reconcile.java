package io.hilum.ingest.admin;

import io.hilum.ingest.door.ObjectKey;
import io.hilum.ingest.door.Receipt;
import io.hilum.ingest.door.Way;
import io.hilum.ingest.journal.Journal;
import io.hilum.ingest.journal.ReceivedEntry;
import io.hilum.ingest.trace.DoorTrace;
import io.hilum.ingest.trace.IngestTracer;
import io.hilum.storage.ObjectStore;
import io.hilum.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Announces every stored object that has no finding once more: after a broker lost its data, a topic expired before
 * it was read, or a journal's disk was lost. The object store is the source of truth.
 *
 * <p>An object announced twice does no harm: stream-processor knows it by UID and digest.
 *
 * <p>Threading: one call at a time.
 */
public final class Reconcile {

    private static final int EXAMPLES = 100;

    private final ObjectStore store;
    private final Journal journal;
    private final Ledger ledger;
    private final FindingsReader findings;
    private final IngestTracer tracer;

    public Reconcile(ObjectStore store, Journal journal, Ledger ledger, FindingsReader findings, IngestTracer tracer) {
        this.store = store;
        this.journal = journal;
        this.ledger = ledger;
        this.findings = findings;
        this.tracer = tracer;
    }

    /**
     * Compares store and findings, and announces what is missing.
     *
     * @param dryRun only look
     * @param quarantinedToo try quarantined films again, e.g. after an update of the renderer
     * @param olderThan objects younger than this are left alone: their finding may be on its way
     */
    public synchronized ReconcileReport run(boolean dryRun, boolean quarantinedToo, Duration olderThan)
            throws IOException {
        Instant youngest = Instant.now().minus(olderThan);
        Set<String> found = findings.images();
        Set<String> quarantined = ledger.quarantine().stream().map(QuarantineRecord::objectKey).collect(Collectors.toSet());
        Tally tally = new Tally();
        List<StoredObject> missing = new ArrayList<>();
        try (Stream<StoredObject> objects = store.list(ObjectKey.PREFIX)) {
            objects.filter(object -> object.key().endsWith(".dcm")).forEach(object -> {
                tally.objects++;
                if (found.contains(identity(object.key()))) {
                    tally.withFindings++;
                } else if (journal.isOpen(object.key())) {
                    tally.pending++;
                } else if (!quarantinedToo && quarantined.contains(object.key())) {
                    tally.quarantined++;
                } else if (object.written().isAfter(youngest)) {
                    tally.tooYoung++;
                } else {
                    missing.add(object);
                }
            });
        }
        long republished = 0;
        for (StoredObject object : missing) {
            republished += !dryRun && republish(object) ? 1 : 0;
        }
        return new ReconcileReport(dryRun, tally.objects, tally.withFindings, tally.pending, tally.quarantined,
                tally.tooYoung, missing.size(), republished,
                missing.stream().limit(EXAMPLES).map(StoredObject::key).toList());
    }

    private static final class Tally {
        private long objects;
        private long withFindings;
        private long pending;
        private long quarantined;
        private long tooYoung;
    }

    private boolean republish(StoredObject object) throws IOException {
        if (!journal.forgetAnnounced(object.key())) {
            return false;
        }
        String[] path = object.key().split("/");
        String study = path[path.length - 2];
        String instance = identity(object.key()).replaceFirst("-[0-9a-f]+$", "");
        long written = object.written().toEpochMilli() * 1000;
        try (DoorTrace trace = tracer.receiving(Way.RECONCILE)) {
            long sequence = journal.append(new ReceivedEntry(0, object.key(), object.uri(), sha256(object), object.bytes(),
                    Way.RECONCILE, "", study, instance, written, written, false, trace.context().traceparent()));
            trace.answered(new Receipt.Accepted(sequence, object.key(), study, instance, "", false));
        }
        return true;
    }

    /** The file's name without its ending: SOP Instance UID and the digest's beginning. */
    private static String identity(String key) {
        return key.substring(key.lastIndexOf('/') + 1, key.length() - ".dcm".length());
    }

    private String sha256(StoredObject object) throws IOException {
        try (InputStream in = store.open(object.uri())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
