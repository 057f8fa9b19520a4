package io.hilum.imaging.net;

/** The DIMSE messages that matter here, PS3.7 annex E.1. */
enum CommandField {
    C_STORE_RQ(0x0001),
    C_STORE_RSP(0x8001),
    C_ECHO_RQ(0x0030),
    C_ECHO_RSP(0x8030),
    C_CANCEL_RQ(0x0FFF),
    OTHER(-1);

    private final int code;

    CommandField(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static CommandField of(int code) {
        for (CommandField field : values()) {
            if (field.code == code) {
                return field;
            }
        }
        return OTHER;
    }
}
