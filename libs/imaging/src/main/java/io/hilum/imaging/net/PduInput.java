package io.hilum.imaging.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;

/**
 * Reads PDUs. P-DATA-TF is streamed value by value, however the values are cut into PDUs; nothing is allocated by
 * a length that the peer only claims.
 *
 * <p>Threading: one reader.
 */
final class PduInput {

    /** Longest A-ASSOCIATE body: 128 contexts with dozens of syntaxes need far less. */
    private static final int MAX_ASSOCIATE = 1 << 20;
    /** A sender that overlooks our maximum is served up to here; beyond it is not DICOM. */
    private static final int MAX_DATA = 64 << 20;

    private final SocketInput in;
    private long pduLeft;
    private long pdvLeft;

    PduInput(SocketInput in) {
        this.in = in;
    }

    /** The next PDU, which must not be P-DATA-TF. */
    Pdu control() throws IOException {
        PduType type = header();
        if (type == PduType.P_DATA_TF) {
            throw AssociationException.protocol(AbortReason.UNEXPECTED_PDU,
                    "The peer sent data before the association was established.");
        }
        return body(type);
    }

    /**
     * Moves on to the next presentation data value. The one before must be read to its end.
     *
     * @return the value's head, or null when the peer asks for release
     */
    Pdv nextValue() throws IOException {
        while (pduLeft == 0) {
            PduType type = header();
            if (type == PduType.P_DATA_TF) {
                continue;
            }
            Pdu pdu = body(type);
            if (pdu instanceof Pdu.ReleaseRq) {
                return null;
            }
            throw AssociationException.protocol(AbortReason.UNEXPECTED_PDU,
                    "The peer sent " + type + " on an established association.");
        }
        if (pduLeft < 6) {
            throw AssociationException.protocol(AbortReason.INVALID_PDU_PARAMETER,
                    "A P-DATA-TF ends inside the head of a presentation data value.");
        }
        long length = number(4);
        if (length < 2 || length > pduLeft - 4) {
            throw AssociationException.protocol(AbortReason.INVALID_PDU_PARAMETER,
                    "A presentation data value claims " + length + " bytes, its PDU has " + (pduLeft - 4) + ".");
        }
        int contextId = octet();
        int control = octet();
        pduLeft -= 4 + length;
        pdvLeft = length - 2;
        return Pdv.of(contextId, control);
    }

    /** Reads on in the current value; -1 at its end. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (pdvLeft == 0) {
            return -1;
        }
        try {
            int count = in.read(target, offset, (int) Math.min(length, pdvLeft));
            pdvLeft -= count;
            return count;
        } catch (EOFException | SocketException gone) {
            throw lost();
        }
    }

    private PduType header() throws IOException {
        PduType type = PduType.of(octet());
        octet();
        pduLeft = number(4);
        long longest = type == PduType.P_DATA_TF ? MAX_DATA : MAX_ASSOCIATE;
        if (pduLeft > longest) {
            throw AssociationException.protocol(AbortReason.INVALID_PDU_PARAMETER,
                    type + " claims " + pduLeft + " bytes; at most " + longest + " are read.");
        }
        return type;
    }

    private Pdu body(PduType type) throws IOException {
        byte[] body = new byte[(int) pduLeft];
        for (int at = 0; at < body.length; ) {
            try {
                at += in.read(body, at, body.length - at);
            } catch (EOFException | SocketException gone) {
                throw lost();
            }
        }
        pduLeft = 0;
        if (body.length < 4) {
            throw AssociationException.protocol(AbortReason.INVALID_PDU_PARAMETER,
                    type + " has " + body.length + " bytes; it needs at least 4.");
        }
        return switch (type) {
            case ASSOCIATE_RQ -> AssociateCodec.decodeRequest(body);
            case ASSOCIATE_AC -> AssociateCodec.decodeAnswer(body);
            case ASSOCIATE_RJ -> new Pdu.AssociateRj(RejectReason.of(body[2] & 0xFF, body[3] & 0xFF));
            case RELEASE_RQ -> new Pdu.ReleaseRq();
            case RELEASE_RP -> new Pdu.ReleaseRp();
            case ABORT -> throw new AssociationException(AssociationException.Cause.ABORTED_BY_PEER,
                    AbortReason.of(body[2] & 0xFF, body[3] & 0xFF), "The peer aborted the association.");
            case P_DATA_TF -> throw new IllegalStateException("data values are streamed");
        };
    }

    private long number(int octets) throws IOException {
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | octet();
        }
        return value;
    }

    private int octet() throws IOException {
        try {
            return in.read();
        } catch (EOFException | SocketException gone) {
            throw lost();
        }
    }

    private static AssociationException lost() {
        return AssociationException.lost("The connection was closed without release.");
    }
}
