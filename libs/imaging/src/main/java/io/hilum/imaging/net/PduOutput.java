package io.hilum.imaging.net;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes PDUs. Everything up to {@link #flush()} goes through one buffer, so that a response is one write call:
 * with small writes the acknowledgement delay of the peer's TCP costs tens of milliseconds each.
 *
 * <p>Threading: one writer.
 */
final class PduOutput {

    /** Cap for a peer that sets no limit; also dcmtk's largest. */
    static final int MAX_SENT = 128 << 10;
    private static final int MIN_SENT = 16;
    private static final int VALUE_HEAD = 6;

    private final DataOutputStream out;
    private int longest = MAX_SENT;

    PduOutput(OutputStream socket) {
        this.out = new DataOutputStream(new BufferedOutputStream(socket, MAX_SENT + 4096));
    }

    /** @param maxPduLength what the peer wants at most; 0 means no limit */
    void limit(int maxPduLength) {
        longest = maxPduLength == 0 ? MAX_SENT : Math.max(MIN_SENT, Math.min(MAX_SENT, maxPduLength));
    }

    void send(Pdu pdu) throws IOException {
        if (pdu instanceof Pdu.AssociateRq request) {
            write(PduType.ASSOCIATE_RQ, AssociateCodec.encode(request));
        } else if (pdu instanceof Pdu.AssociateAc answer) {
            write(PduType.ASSOCIATE_AC, AssociateCodec.encode(answer));
        } else if (pdu instanceof Pdu.AssociateRj rejection) {
            RejectReason why = rejection.reason();
            write(PduType.ASSOCIATE_RJ, new byte[] {0, (byte) why.result(), (byte) why.source(), (byte) why.reason()});
        } else if (pdu instanceof Pdu.ReleaseRq) {
            write(PduType.RELEASE_RQ, new byte[4]);
        } else if (pdu instanceof Pdu.ReleaseRp) {
            write(PduType.RELEASE_RP, new byte[4]);
        } else if (pdu instanceof Pdu.Abort abort) {
            write(PduType.ABORT, new byte[] {0, 0, (byte) abort.reason().source(), (byte) abort.reason().reason()});
        } else {
            throw new IllegalStateException("unknown PDU " + pdu);
        }
        flush();
    }

    /** Sends a command set, unflushed. */
    void command(int contextId, byte[] bytes) throws IOException {
        int fragment = longest - VALUE_HEAD;
        for (int at = 0; at < bytes.length; at += fragment) {
            int length = Math.min(fragment, bytes.length - at);
            value(new Pdv(contextId, true, at + length == bytes.length), bytes, at, length);
        }
    }

    /** Sends a data set to its end, flushed. */
    void data(int contextId, InputStream bytes) throws IOException {
        int fragment = longest - VALUE_HEAD;
        byte[] now = bytes.readNBytes(fragment);
        byte[] next;
        do {
            // One fragment of look-ahead tells which one is the last.
            next = now.length < fragment ? new byte[0] : bytes.readNBytes(fragment);
            value(new Pdv(contextId, false, next.length == 0), now, 0, now.length);
            now = next;
        } while (next.length > 0);
        flush();
    }

    void flush() throws IOException {
        out.flush();
    }

    private void value(Pdv head, byte[] bytes, int offset, int length) throws IOException {
        out.writeByte(PduType.P_DATA_TF.code());
        out.writeByte(0);
        out.writeInt(length + VALUE_HEAD);
        out.writeInt(length + 2);
        out.writeByte(head.contextId());
        out.writeByte(head.control());
        out.write(bytes, offset, length);
    }

    private void write(PduType type, byte[] body) throws IOException {
        out.writeByte(type.code());
        out.writeByte(0);
        out.writeInt(body.length);
        out.write(body);
    }
}
