package io.hilum.imaging.net;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One association to a storage server. Each SOP class and transfer syntax is proposed as a context of its own: a
 * file is sent in the encoding that it has, nothing is converted.
 *
 * <pre>
 * try (StorageScu scu = StorageScu.connect(ScuOptions.to("pacs", 104, "PACS", "HILUM"), metas)) {
 *     StoreOutcome outcome = scu.store(meta, dataSet);
 * }
 * </pre>
 *
 * For whole lists of files see {@link FileSender}. Threading: one thread.
 */
public final class StorageScu implements AutoCloseable {

    /** Contexts in one association: odd ids up to 255. */
    public static final int MAX_CONTEXTS = 128;

    private final Association association;
    private int messageId;
    private boolean broken;

    private StorageScu(Association association) {
        this.association = association;
    }

    /**
     * Opens an association for these kinds of object.
     *
     * @param kinds SOP class and transfer syntax of what will be sent; at most {@link #MAX_CONTEXTS} distinct ones
     * @throws AssociationException when the server refuses
     */
    public static StorageScu connect(ScuOptions options, Collection<FileMeta> kinds) throws IOException {
        Map<String, ProposedContext> contexts = new LinkedHashMap<>();
        for (FileMeta kind : kinds) {
            contexts.computeIfAbsent(kind.sopClassUid() + " " + kind.transferSyntaxUid(), key -> new ProposedContext(
                    2 * contexts.size() + 1, kind.sopClassUid(), List.of(kind.transferSyntaxUid())));
        }
        return new StorageScu(Requestor.connect(options, new ArrayList<>(contexts.values())));
    }

    /** Sends a C-ECHO in an association of its own: is the server there, and does it know us? */
    public static void echo(ScuOptions options) throws IOException {
        List<ProposedContext> contexts = List.of(
                new ProposedContext(1, Uids.VERIFICATION, List.of(Uids.IMPLICIT_VR_LITTLE_ENDIAN)));
        try (Association association = Requestor.connect(options, contexts)) {
            PresentationContext context = association.contexts().get(1);
            if (context == null) {
                throw AssociationException.protocol(AbortReason.SERVICE_USER, "The server does not serve Verification.");
            }
            association.send(context, request(CommandField.C_ECHO_RQ, 1, Uids.VERIFICATION, Command.NO_DATA_SET).build());
            int status = response(association).number(Command.STATUS, DimseStatus.PROCESSING_FAILURE);
            association.release();
            if (status != DimseStatus.SUCCESS) {
                throw AssociationException.protocol(AbortReason.SERVICE_USER, "C-ECHO was answered with 0x%04X.".formatted(status));
            }
        }
    }

    /** Whether the server took this SOP class in this transfer syntax. */
    public boolean accepts(FileMeta meta) {
        return contextFor(meta) != null;
    }

    /**
     * Sends one data set and waits for the answer.
     *
     * @param dataSet bytes in the meta's transfer syntax, read to the end, not closed
     * @throws IOException when the association broke; it can no longer be used then
     */
    public StoreOutcome store(FileMeta meta, InputStream dataSet) throws IOException {
        PresentationContext context = contextFor(meta);
        if (context == null) {
            return new StoreOutcome(null, meta.sopInstanceUid(), StoreOutcome.NOT_SENT, "the server does not take "
                    + Uids.name(meta.sopClassUid()) + " in " + Uids.name(meta.transferSyntaxUid()), 0, Duration.ZERO);
        }
        long start = System.nanoTime();
        messageId = messageId % 0xFFFF + 1;
        Command command = request(CommandField.C_STORE_RQ, messageId, meta.sopClassUid(), Command.DATA_SET_FOLLOWS)
                .number(Command.PRIORITY, 0)
                .uid(Command.AFFECTED_SOP_INSTANCE, meta.sopInstanceUid()).build();
        CountingInput counted = new CountingInput(dataSet);
        try {
            association.send(context, command, counted);
            Command answer = response(association);
            return new StoreOutcome(null, meta.sopInstanceUid(),
                    answer.number(Command.STATUS, DimseStatus.PROCESSING_FAILURE), answer.text(Command.ERROR_COMMENT),
                    counted.count(), Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException | RuntimeException failed) {
            broken = true;
            throw failed;
        }
    }

    private PresentationContext contextFor(FileMeta meta) {
        return association.contexts().values().stream()
                .filter(context -> context.abstractSyntax().equals(meta.sopClassUid())
                        && context.transferSyntax().equals(meta.transferSyntaxUid()))
                .findFirst().orElse(null);
    }

    private static Command.Builder request(CommandField field, int messageId, String sopClass, int dataSetType) {
        return new Command.Builder()
                .uid(Command.AFFECTED_SOP_CLASS, sopClass)
                .number(Command.FIELD, field.code())
                .number(Command.MESSAGE_ID, messageId)
                .number(Command.DATA_SET_TYPE, dataSetType);
    }

    private static Command response(Association association) throws IOException {
        Message answer = association.receive();
        if (answer == null) {
            throw AssociationException.lost("The server released the association instead of answering.");
        }
        answer.drain();
        return answer.command();
    }

    /** Releases; a broken association is aborted instead. */
    @Override
    public void close() {
        if (broken) {
            association.abort(AbortReason.SERVICE_USER);
            return;
        }
        try (association) {
            association.release();
        } catch (IOException gone) {
            // All answers are here already.
        }
    }
}
