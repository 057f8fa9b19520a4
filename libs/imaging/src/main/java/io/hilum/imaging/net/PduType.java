package io.hilum.imaging.net;

/** The seven protocol data units of the upper layer, PS3.8 section 9.3. */
enum PduType {
    ASSOCIATE_RQ(1),
    ASSOCIATE_AC(2),
    ASSOCIATE_RJ(3),
    P_DATA_TF(4),
    RELEASE_RQ(5),
    RELEASE_RP(6),
    ABORT(7);

    private final int code;

    PduType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** @throws AssociationException when the code is none of the seven */
    static PduType of(int code) throws AssociationException {
        for (PduType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new AssociationException(AssociationException.Cause.PROTOCOL_ERROR, AbortReason.UNRECOGNIZED_PDU,
                "The peer sent a PDU of unknown type 0x%02X; it does not speak DICOM.".formatted(code));
    }
}
