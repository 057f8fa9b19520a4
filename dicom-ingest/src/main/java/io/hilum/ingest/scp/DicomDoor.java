package io.hilum.ingest.scp;

import io.hilum.imaging.net.AssociationException;
import io.hilum.imaging.net.AssociationListener;
import io.hilum.imaging.net.ContextResult;
import io.hilum.imaging.net.FileMeta;
import io.hilum.imaging.net.ProposedContext;
import io.hilum.imaging.net.RejectReason;
import io.hilum.imaging.net.StoreHandler;
import io.hilum.imaging.net.StoreRequest;
import io.hilum.imaging.net.StoreResponse;
import io.hilum.imaging.net.Uids;
import io.hilum.ingest.door.Door;
import io.hilum.ingest.door.Incoming;
import io.hilum.ingest.door.Receipt;
import io.hilum.ingest.door.Refusal;
import io.hilum.ingest.door.RefusalCause;
import io.hilum.ingest.door.Way;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Joins the storage server to the door, and lists what senders do not even get to send.
 *
 * <p>A presentation context that is refused means objects that never arrive; without an entry in the administrator's
 * list they would vanish in the sender's log. The same sender and kind is listed once until restart.
 *
 * <p>Threading: free to share.
 */
public final class DicomDoor implements StoreHandler, AssociationListener {

    private static final System.Logger LOG = System.getLogger(DicomDoor.class.getName());
    private static final int REMEMBERED = 2000;

    private final Door door;
    private final Map<String, Boolean> listed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    public DicomDoor(Door door) {
        this.door = door;
    }

    @Override
    public StoreResponse store(StoreRequest request, InputStream dataSet) throws IOException {
        FileMeta meta = new FileMeta(request.sopClassUid(), request.sopInstanceUid(), request.transferSyntaxUid());
        Receipt receipt = door.receive(new Incoming(Way.C_STORE, request.callingAe(), meta, null, dataSet));
        if (receipt instanceof Refusal refusal) {
            return new StoreResponse(refusal.cause().status(), refusal.cause().comment());
        }
        return StoreResponse.SUCCESS;
    }

    @Override
    public void contextRefused(String callingAe, String remoteAddress, ProposedContext proposed, ContextResult why) {
        String syntaxes = proposed.transferSyntaxes().stream().map(Uids::name).collect(Collectors.joining(", "));
        synchronized (listed) {
            if (listed.put(callingAe + "|" + proposed.abstractSyntax() + "|" + syntaxes, true) != null) {
                return;
            }
        }
        String sopClass = Uids.name(proposed.abstractSyntax());
        if (why == ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED) {
            door.refuse(Way.C_STORE, callingAe, RefusalCause.WRONG_SOP_CLASS, callingAe + " (" + remoteAddress
                    + ") offered objects of SOP class " + sopClass + ", which is no storage class. They were not sent.");
        } else {
            door.refuse(Way.C_STORE, callingAe, RefusalCause.UNSUPPORTED_TRANSFER_SYNTAX, callingAe + " ("
                    + remoteAddress + ") offered " + sopClass + " objects only in " + syntaxes + ", which cannot be read "
                    + "here yet. They were not sent. Let the sender offer Explicit VR Little Endian or JPEG Lossless SV1.");
        }
    }

    @Override
    public void rejected(String callingAe, String calledAe, String remoteAddress, RejectReason reason) {
        LOG.log(System.Logger.Level.WARNING, "Rejected an association of {0} ({1}) to {2}: {3}.",
                callingAe, remoteAddress, calledAe, reason.sentence());
    }

    @Override
    public void closed(String callingAe, String remoteAddress, AssociationException failure) {
        if (failure != null) {
            LOG.log(System.Logger.Level.INFO, "The association of {0} ({1}) ended without release: {2}",
                    callingAe, remoteAddress, failure.getMessage());
        }
    }
}
