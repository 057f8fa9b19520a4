package io.hilum.ingest.admin;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.ingest.door.DoorListener;
import io.hilum.ingest.door.Incoming;
import io.hilum.ingest.door.Receipt;
import io.hilum.ingest.door.Refusal;
import io.hilum.ingest.door.RefusalCause;
import io.hilum.ingest.door.Way;
import io.hilum.ingest.journal.ReceivedEntry;
import io.hilum.ingest.publish.PublisherListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts and lists what door and publisher do: metrics, log, the two durable lists, and a dead letter for each refusal
 * for good. Refusals that pass (disk full) are counted only, and logged once a minute.
 *
 * <p>Threading: free to share.
 */
public final class Ledger implements DoorListener, PublisherListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Ledger.class.getName());
    private static final long PAUSE_MILLIS = 60_000;

    private final BoundedList<RefusalRecord> refusals;
    private final BoundedList<QuarantineRecord> quarantine;
    private final MeterRegistry metrics;
    private final Clock clock;
    /** When a refusal of a passing cause was last logged, milliseconds since the epoch. */
    private final Map<RefusalCause, Long> said = new ConcurrentHashMap<>();
    private volatile RefusalAnnouncer announcer;

    public Ledger(Path directory, int listSize, MeterRegistry metrics, Clock clock) throws IOException {
        this.refusals = BoundedList.open(directory.resolve("refusals.jsonl"), RefusalRecord.class, listSize);
        this.quarantine = BoundedList.open(directory.resolve("quarantine.jsonl"), QuarantineRecord.class, listSize);
        this.metrics = metrics;
        this.clock = clock;
    }

    /** From now on refusals also become dead letters. */
    public void announceWith(RefusalAnnouncer refusalAnnouncer) {
        announcer = refusalAnnouncer;
    }

    public List<RefusalRecord> refusals() {
        return refusals.latest();
    }

    public List<QuarantineRecord> quarantine() {
        return quarantine.latest();
    }

    @Override
    public void accepted(Incoming incoming, Receipt.Accepted accepted) {
        metrics.counter("hilum.ingest.received", "way", incoming.way().name(),
                "again", Boolean.toString(accepted.again())).increment();
    }

    @Override
    public void refused(Way way, String sender, Refusal refusal, TraceContext trace) {
        metrics.counter("hilum.ingest.refused", "way", way.name(), "cause", refusal.cause().code()).increment();
        if (refusal.cause().isTransient()) {
            // Ours, not the object's, and it comes again until it is taken: a list of these would hold nothing else.
            sayNowAndThen(refusal);
            return;
        }
        LOG.log(System.Logger.Level.WARNING, "Refused {0} from {1} ({2}): {3}",
                refusal.sopInstanceUid().isEmpty() ? "an object" : refusal.sopInstanceUid(), sender, way, refusal.sentence());
        RefusalRecord listed = RefusalRecord.of(clock.instant().toString(), way, sender, refusal);
        try {
            refusals.add(listed);
        } catch (IOException full) {
            LOG.log(System.Logger.Level.WARNING, "The list of refusals cannot be written: {0}", full.getMessage());
        }
        RefusalAnnouncer current = announcer;
        if (current != null) {
            current.announce(way, sender, refusal, trace);
        }
    }

    private void sayNowAndThen(Refusal refusal) {
        long now = clock.millis();
        Long before = said.get(refusal.cause());
        if (before == null || now - before >= PAUSE_MILLIS) {
            said.put(refusal.cause(), now);
            LOG.log(System.Logger.Level.WARNING, "Nothing can be taken at the moment, senders are told to try again: {0}",
                    refusal.sentence());
        }
    }

    @Override
    public void published(ReceivedEntry entry) {
        metrics.counter("hilum.ingest.published").increment();
        if (entry.way() != Way.RECONCILE) {
            long micros = clock.instant().toEpochMilli() * 1000 - entry.receivedMicros();
            metrics.timer("hilum.ingest.received.to.published").record(Math.max(0, micros), TimeUnit.MICROSECONDS);
        }
    }

    @Override
    public void quarantined(ReceivedEntry entry, DeadLetter letter) throws IOException {
        quarantine.add(new QuarantineRecord(clock.instant().toString(), entry.sender(), letter.getCauseCode(),
                letter.getCause(), entry.studyUid(), entry.sopInstanceUid(), entry.key(), entry.uri().toString()));
        metrics.counter("hilum.ingest.quarantined", "cause", letter.getCauseCode()).increment();
        LOG.log(System.Logger.Level.WARNING, "Quarantined {0}: {1}", entry.uri(), letter.getCause());
    }

    @Override
    public void close() throws IOException {
        refusals.close();
        quarantine.close();
    }
}
