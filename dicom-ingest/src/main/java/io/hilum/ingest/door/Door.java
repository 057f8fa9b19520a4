package io.hilum.ingest.door;

import io.hilum.contracts.trace.TraceContext;
import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomHeader;
import io.hilum.imaging.dicom.DicomReader;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.dicom.TransferSyntax;
import io.hilum.imaging.net.FileMeta;
import io.hilum.imaging.net.NotPart10Exception;
import io.hilum.imaging.net.Part10Input;
import io.hilum.imaging.net.Uids;
import io.hilum.ingest.journal.Journal;
import io.hilum.ingest.journal.ReceivedEntry;
import io.hilum.ingest.trace.DoorTrace;
import io.hilum.ingest.trace.IngestTracer;
import io.hilum.storage.ObjectStore;
import io.hilum.storage.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;

/**
 * Takes one object, whichever way it came, in five steps: room, header and chest gate, bytes into the store, object
 * durable, journal entry durable. Only then is the answer {@link Receipt.Accepted}.
 *
 * <p>The header is read while the bytes pass into the store, and the file header is always written anew from the
 * three UIDs: the same object has the same digest by every way, and what a stranger wrote into the preamble is left
 * outside.
 *
 * <p>The same object again is a success without a second event. The same SOP Instance UID with other bytes is taken
 * as another object (see {@link ObjectKey}).
 *
 * <p>Threading: free to share; each call runs in its caller's thread, and calls meet only in the journal's flush.
 */
public final class Door {

    private static final System.Logger LOG = System.getLogger(Door.class.getName());

    private final DoorSettings settings;
    private final ChestGate gate;
    private final Urgency urgency;
    private final ObjectStore store;
    private final Journal journal;
    private final FreeSpace space;
    private final DoorListener listener;
    private final IngestTracer tracer;
    private final Clock clock;

    public Door(DoorSettings settings, ChestGate gate, Urgency urgency, ObjectStore store, Journal journal,
            FreeSpace space, DoorListener listener, IngestTracer tracer, Clock clock) {
        this.settings = settings;
        this.gate = gate;
        this.urgency = urgency;
        this.store = store;
        this.journal = journal;
        this.space = space;
        this.listener = listener;
        this.tracer = tracer;
        this.clock = clock;
    }

    /**
     * Takes or refuses an object. It may return before the data set's end when it refuses.
     *
     * @throws IOException only what reading the data set throws (the sender is gone): nothing is kept, and there is
     *     nobody to answer
     */
    public Receipt receive(Incoming incoming) throws IOException {
        try (DoorTrace trace = tracer.receiving(incoming.way())) {
            Receipt receipt = decide(incoming, trace.context());
            trace.answered(receipt);
            if (receipt instanceof Receipt.Accepted accepted) {
                listener.accepted(incoming, accepted);
            } else if (receipt instanceof Refusal refusal) {
                listener.refused(incoming.way(), incoming.sender(), refusal, trace.context());
            }
            return receipt;
        }
    }

    /**
     * Takes or refuses a Part 10 file, e.g. from a folder or a request.
     *
     * @param studyUid the study it must belong to; null for any
     * @param file from its preamble on; it may be left unread when it is refused
     * @throws IOException only what reading the file throws
     */
    public Receipt receiveFile(Way way, String sender, String studyUid, InputStream file) throws IOException {
        Part10Input part10;
        try {
            part10 = Part10Input.read(file);
        } catch (NotPart10Exception notDicom) {
            return refuse(way, sender, notDicom.isEmpty() ? RefusalCause.EMPTY : RefusalCause.NOT_DICOM,
                    notDicom.getMessage());
        }
        return receive(new Incoming(way, sender, part10.meta(), studyUid, part10.dataSet()));
    }

    /** Refuses what never became an {@link Incoming}, so that it is counted and listed like the others. */
    public Refusal refuse(Way way, String sender, RefusalCause cause, String sentence) {
        Refusal refusal = new Refusal(cause, sentence, "", "", "");
        try (DoorTrace trace = tracer.receiving(way)) {
            trace.answered(refusal);
            listener.refused(way, sender, refusal, trace.context());
        }
        return refusal;
    }

    /** Nothing can be taken at the moment: a sentence why, or null. */
    public String closed() {
        if (journal.isBroken()) {
            return "The journal could not be flushed to disk; check the disk and restart dicom-ingest.";
        }
        try {
            return space.complaint();
        } catch (IOException unreadable) {
            return "The free disk space cannot be told: " + unreadable.getMessage() + ".";
        }
    }

    private Receipt decide(Incoming incoming, TraceContext trace) throws IOException {
        FileMeta meta = incoming.meta();
        Identity identity = new Identity(trace);
        try {
            String closed = closed();
            if (closed != null) {
                throw new RefusedException(
                        journal.isBroken() ? RefusalCause.JOURNAL_FAILED : RefusalCause.OUT_OF_STORAGE, closed);
            }
            announced(meta, identity);
            return store(incoming, identity);
        } catch (RefusedException refused) {
            return identity.refusal(refused.refusalCause(), refused.getMessage());
        } catch (DicomException broken) {
            return identity.refusal(HeaderCheck.cause(broken.fault()), broken.getMessage() + ".");
        } catch (StorageFailedException failed) {
            LOG.log(System.Logger.Level.ERROR, "The object store failed.", failed);
            return identity.refusal(RefusalCause.OUT_OF_STORAGE,
                    "The object could not be stored (" + failed.getMessage() + "); it may be sent again later.");
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "A fault while taking " + meta.sopInstanceUid() + ".", fault);
            return identity.refusal(RefusalCause.INTERNAL, "The object met a fault in Hilum (" + fault
                    + "). The log of dicom-ingest has more; report it with the object.");
        }
    }

    /** Checks what is announced before a byte of the data set is read. */
    private void announced(FileMeta meta, Identity identity) throws RefusedException {
        if (!Uids.isValid(meta.sopClassUid()) || !Uids.isValid(meta.sopInstanceUid())) {
            throw new RefusedException(RefusalCause.IDENTIFIER_MISSING,
                    "The sender announced no valid SOP Class UID and SOP Instance UID.");
        }
        identity.instance = meta.sopInstanceUid();
        identity.sopClass = meta.sopClassUid();
        gate.checkSopClass(meta.sopClassUid());
        if (!settings.transferSyntaxes().contains(meta.transferSyntaxUid())) {
            throw new RefusedException(RefusalCause.UNSUPPORTED_TRANSFER_SYNTAX, "The object is in transfer syntax "
                    + Uids.name(meta.transferSyntaxUid()) + ", which cannot be read here yet. Let the sender "
                    + "convert it, e.g. to Explicit VR Little Endian or JPEG Lossless SV1.");
        }
    }

    private Receipt store(Incoming incoming, Identity identity) throws IOException, RefusedException {
        FileMeta meta = incoming.meta();
        try (Upload upload = begin()) {
            ObjectTee tee = new ObjectTee(incoming.dataSet(), upload, meta.header(), settings.limits().maxBytes());
            TransferSyntax syntax = TransferSyntax.require(meta.transferSyntaxUid());
            DicomHeader header = DicomReader.dataset(tee, syntax, settings.limits()).readHeader();
            Attributes film = header.dataset();
            identity.study = film.uid(Tag.STUDY_INSTANCE_UID).filter(Uids::isValid).orElse("");
            identity.study = HeaderCheck.identifiers(incoming, film);
            gate.check(film);
            HeaderCheck.pixels(header);
            identity.urgent = urgency.of(incoming.sender(), film);
            tee.toTheEnd();
            if (tee.isTooLong()) {
                throw new RefusedException(RefusalCause.TOO_LARGE, "The object has more than "
                        + (settings.limits().maxBytes() >> 20) + " MB (hilum.ingest.max-object-bytes).");
            }
            long received = micros();
            FaultPoint.reach("object-received");
            return commit(incoming, identity, upload, tee, received);
        }
    }

    private Receipt commit(Incoming incoming, Identity identity, Upload upload, ObjectTee tee, long received)
            throws IOException, RefusedException {
        String sha256 = tee.sha256();
        String key = ObjectKey.of(settings.site(), identity.study, identity.instance, sha256);
        boolean known = journal.knows(key);
        URI uri = store.uriOf(key);
        boolean again;
        try {
            again = known && store.exists(uri);
            if (!again) {
                uri = upload.commit(key);
            }
        } catch (IOException failed) {
            throw new StorageFailedException(failed);
        }
        if (known && !again) {
            // It was deleted since, e.g. by retention: sent again, it is a new image.
            journal.forgetAnnounced(key);
        }
        FaultPoint.reach("object-durable");
        long sequence;
        try {
            sequence = journal.append(new ReceivedEntry(0, key, uri, sha256, tee.storedBytes(), incoming.way(),
                    incoming.sender(), identity.study, identity.instance, received, micros(),
                    identity.urgent, identity.trace.traceparent()));
        } catch (IOException failed) {
            LOG.log(System.Logger.Level.ERROR, "The journal failed.", failed);
            throw new RefusedException(RefusalCause.JOURNAL_FAILED,
                    "The journal entry could not be written (" + failed.getMessage() + "); the object may be sent again later.");
        }
        FaultPoint.reach("journal-durable");
        return new Receipt.Accepted(sequence, key, identity.study, identity.instance, identity.sopClass, again);
    }

    private Upload begin() throws StorageFailedException {
        try {
            return store.begin();
        } catch (IOException failed) {
            throw new StorageFailedException(failed);
        }
    }

    private long micros() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    /** What is known of an object so far, for its refusal. */
    private static final class Identity {

        private final TraceContext trace;
        private String study = "";
        private String instance = "";
        private String sopClass = "";
        private boolean urgent;

        Identity(TraceContext trace) {
            this.trace = trace;
        }

        Refusal refusal(RefusalCause cause, String sentence) {
            return new Refusal(cause, sentence, study, instance, sopClass);
        }
    }
}
