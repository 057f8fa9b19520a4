package io.hilum.imaging.dicom;

/** Value representations (PS3.5 section 6.2): how a value is padded, swapped and how long its header is. */
public enum Vr {
    AE(Kind.TEXT, 1, ' ', true),
    AS(Kind.TEXT, 1, ' ', true),
    AT(Kind.BINARY, 2, '\0', true),
    CS(Kind.TEXT, 1, ' ', true),
    DA(Kind.TEXT, 1, ' ', true),
    DS(Kind.TEXT, 1, ' ', true),
    DT(Kind.TEXT, 1, ' ', true),
    FD(Kind.BINARY, 8, '\0', true),
    FL(Kind.BINARY, 4, '\0', true),
    IS(Kind.TEXT, 1, ' ', true),
    LO(Kind.LOCAL_TEXT, 1, ' ', true),
    LT(Kind.LOCAL_TEXT, 1, ' ', true),
    OB(Kind.BINARY, 1, '\0', false),
    OD(Kind.BINARY, 8, '\0', false),
    OF(Kind.BINARY, 4, '\0', false),
    OL(Kind.BINARY, 4, '\0', false),
    OV(Kind.BINARY, 8, '\0', false),
    OW(Kind.BINARY, 2, '\0', false),
    PN(Kind.LOCAL_TEXT, 1, ' ', true),
    SH(Kind.LOCAL_TEXT, 1, ' ', true),
    SL(Kind.BINARY, 4, '\0', true),
    SQ(Kind.SEQUENCE, 1, '\0', false),
    SS(Kind.BINARY, 2, '\0', true),
    ST(Kind.LOCAL_TEXT, 1, ' ', true),
    SV(Kind.BINARY, 8, '\0', false),
    TM(Kind.TEXT, 1, ' ', true),
    UC(Kind.LOCAL_TEXT, 1, ' ', false),
    UI(Kind.TEXT, 1, '\0', true),
    UL(Kind.BINARY, 4, '\0', true),
    UN(Kind.BINARY, 1, '\0', false),
    UR(Kind.TEXT, 1, ' ', false),
    US(Kind.BINARY, 2, '\0', true),
    UT(Kind.LOCAL_TEXT, 1, ' ', false),
    UV(Kind.BINARY, 8, '\0', false);

    private enum Kind { TEXT, LOCAL_TEXT, BINARY, SEQUENCE }

    private static final Vr[] BY_LETTERS = new Vr[26 * 26];

    static {
        for (Vr vr : values()) {
            BY_LETTERS[(vr.name().charAt(0) - 'A') * 26 + vr.name().charAt(1) - 'A'] = vr;
        }
    }

    private final Kind kind;
    private final int unit;
    private final char padding;
    private final boolean shortLength;

    Vr(Kind kind, int unit, char padding, boolean shortLength) {
        this.kind = kind;
        this.unit = unit;
        this.padding = padding;
        this.shortLength = shortLength;
    }

    /** @return the VR of two letters, or null when PS3.5 has none of this name */
    static Vr ofLetters(int first, int second) {
        boolean letters = first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z';
        return letters ? BY_LETTERS[(first - 'A') * 26 + second - 'A'] : null;
    }

    /** Text that the default character set always suffices for, or that Specific Character Set governs. */
    public boolean isText() {
        return kind == Kind.TEXT || kind == Kind.LOCAL_TEXT;
    }

    /** Text that Specific Character Set (0008,0005) governs (PS3.5 section 6.1.2.3). */
    public boolean isLocalText() {
        return kind == Kind.LOCAL_TEXT;
    }

    /** LT, ST, UT and UR hold one value: a backslash in them is a character. */
    public boolean isSingleText() {
        return this == LT || this == ST || this == UT || this == UR;
    }

    /** @return bytes of the unit that byte order turns round: 1, 2, 4 or 8 */
    public int unit() {
        return unit;
    }

    /** @return the byte that makes an odd length even */
    public byte padding() {
        return (byte) padding;
    }

    /** @return whether explicit VR gives it a 16-bit length; the others have two reserved bytes and 32 bits */
    public boolean hasShortLength() {
        return shortLength;
    }
}
