package io.hilum.ingest;

import io.hilum.imaging.canvas.CanvasRenderer;
import io.hilum.imaging.dicom.DicomLimits;
import io.hilum.imaging.net.AcceptorOptions;
import io.hilum.imaging.net.StorageScp;
import io.hilum.imaging.net.Uids;
import io.hilum.ingest.admin.Ledger;
import io.hilum.ingest.admin.RefusalAnnouncer;
import io.hilum.ingest.config.IngestConfig;
import io.hilum.ingest.config.Secrets;
import io.hilum.ingest.door.ChestGate;
import io.hilum.ingest.door.Door;
import io.hilum.ingest.door.DoorSettings;
import io.hilum.ingest.door.FreeSpace;
import io.hilum.ingest.door.Urgency;
import io.hilum.ingest.folder.WatchedFolder;
import io.hilum.ingest.journal.Journal;
import io.hilum.ingest.publish.Events;
import io.hilum.ingest.publish.Gateway;
import io.hilum.ingest.publish.PatientKey;
import io.hilum.ingest.publish.Preparer;
import io.hilum.ingest.publish.Publisher;
import io.hilum.ingest.publish.WarmUp;
import io.hilum.ingest.scp.DicomDoor;
import io.hilum.ingest.trace.IngestTracer;
import io.hilum.storage.ObjectStore;
import io.hilum.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The whole of dicom-ingest without its HTTP side: built once from its configuration, and closed from the outside
 * in, so that what was acknowledged is announced or stays in the journal.
 *
 * <p>Threading: built and closed by one thread; the parts say for themselves.
 */
public final class IngestNode implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(IngestNode.class.getName());

    private final ObjectStore store;
    private final Journal journal;
    private final Ledger ledger;
    private final Door door;
    private final Publisher publisher;
    private final StorageScp scp;
    private final IngestTracer tracer;
    /** From the inside out: closed in the opposite order. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Of which nobody records spans. */
    public IngestNode(IngestConfig config, ObjectStore store, Gateway gateway, MeterRegistry metrics) throws IOException {
        this(config, store, gateway, metrics, Tracing.off());
    }

    /**
     * Opens the journal, then publisher, then the doors.
     *
     * @param store owned from now on
     * @param gateway owned from now on
     * @param tracing stays its owner's
     * @throws IllegalArgumentException with a sentence when an option is wrong
     * @throws IOException with a sentence when a disk or port cannot be had
     */
    public IngestNode(IngestConfig config, ObjectStore store, Gateway gateway, MeterRegistry metrics, Tracing tracing)
            throws IOException {
        try {
            this.store = opened(store);
            opened(gateway);
            Clock clock = Clock.systemUTC();
            tracer = new IngestTracer(tracing, config.site(), clock);
            DicomLimits limits = DicomLimits.DEFAULT.withMaxBytes(config.maxObjectBytes());
            DoorSettings settings = new DoorSettings(config.site(), limits, Set.copyOf(Uids.READABLE_TRANSFER_SYNTAXES));
            PatientKey patientKey = new PatientKey(Secrets.patientKey(config), config.site());
            ChestGate gate = new ChestGate(config.gate().sopClasses(), config.gate().modalities(),
                    config.gate().chestWords(), config.gate().acceptUnknown());
            Path journalDirectory = config.dataDir().resolve("journal");
            ledger = opened(new Ledger(config.dataDir(), config.listSize(), metrics, clock));
            journal = opened(Journal.open(journalDirectory));
            Urgency urgency = new Urgency(config.publish().urgentAes().orElse(Set.of()));
            door = new Door(settings, gate, urgency, store, journal,
                    new FreeSpace(store, journalDirectory, config.lowWaterMark()), ledger, tracer, clock);
            CanvasRenderer renderer = new CanvasRenderer(config.publish().canvasShorterSide());
            LOG.log(System.Logger.Level.INFO, "The renderer is warm after {0} ms.", WarmUp.run(renderer) / 1_000_000);
            Preparer preparer = new Preparer(store, renderer, limits,
                    new Events(config.site(), patientKey), urgency, config.site(), clock);
            publisher = opened(new Publisher(journal, preparer, gateway, ledger, tracer, clock,
                    config.publish().window(), renderers(config), config.publish().firstBackoff().toMillis()).start());
            ledger.announceWith(opened(new RefusalAnnouncer(gateway, publisher, config.site(), clock).start()));
            metrics.gauge("hilum.ingest.backlog", journal, Journal::backlog);
            if (config.folder().path().isPresent()) {
                opened(new WatchedFolder(config.folder().path().get(), config.folder().stableFor(),
                        config.folder().scanEvery(), door)).start();
            }
            scp = config.dicom().enabled() ? opened(listen(config.dicom())) : null;
        } catch (IOException | RuntimeException failed) {
            closeOpened();
            throw failed;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    private StorageScp listen(IngestConfig.Dicom dicom) throws IOException {
        DicomDoor handler = new DicomDoor(door);
        AcceptorOptions options = new AcceptorOptions(InetAddress.getByName(dicom.host()), dicom.port(), dicom.aeTitle(),
                dicom.anyCalledAe(), dicom.callingAes().orElse(Set.of()), Uids::isStorage,
                List.copyOf(Uids.READABLE_TRANSFER_SYNTAXES), dicom.maxPduLength(), dicom.maxAssociations(),
                dicom.requestTimeout(), dicom.idleTimeout(), dicom.dataTimeout(), dicom.objectTimeout());
        return StorageScp.start(options, handler, handler);
    }

    private static int renderers(IngestConfig config) {
        int configured = config.publish().renderers();
        return configured > 0 ? configured : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    public Door door() {
        return door;
    }

    public Journal journal() {
        return journal;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Publisher publisher() {
        return publisher;
    }

    public ObjectStore store() {
        return store;
    }

    public IngestTracer tracer() {
        return tracer;
    }

    /** The DICOM port, or -1 where that door is off. */
    public int dicomPort() {
        return scp == null ? -1 : scp.port();
    }

    @Override
    public void close() {
        closeOpened();
    }

    private void closeOpened() {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception failed) {
                LOG.log(System.Logger.Level.WARNING, "Closing " + part.getClass().getSimpleName() + " failed.", failed);
            }
        }
    }
}
