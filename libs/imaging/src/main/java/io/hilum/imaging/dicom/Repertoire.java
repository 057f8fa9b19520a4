package io.hilum.imaging.dicom;

import java.nio.charset.Charset;

/**
 * Character repertoires that Specific Character Set may name (PS3.3 tables C.12-2 to C.12-5), with their ISO 2022
 * escape sequence and the Java charset that holds the same characters.
 */
enum Repertoire {
    ASCII("6", "ISO-8859-1", Form.BASE, "(B"),
    LATIN_1("100", "ISO-8859-1", Form.SINGLE_G1, "-A"),
    LATIN_2("101", "ISO-8859-2", Form.SINGLE_G1, "-B"),
    LATIN_3("109", "ISO-8859-3", Form.SINGLE_G1, "-C"),
    LATIN_4("110", "ISO-8859-4", Form.SINGLE_G1, "-D"),
    CYRILLIC("144", "ISO-8859-5", Form.SINGLE_G1, "-L"),
    ARABIC("127", "ISO-8859-6", Form.SINGLE_G1, "-G"),
    GREEK("126", "ISO-8859-7", Form.SINGLE_G1, "-F"),
    HEBREW("138", "ISO-8859-8", Form.SINGLE_G1, "-H"),
    LATIN_5("148", "ISO-8859-9", Form.SINGLE_G1, "-M"),
    LATIN_9("203", "ISO-8859-15", Form.SINGLE_G1, "-b"),
    THAI("166", "TIS-620", Form.SINGLE_G1, "-T"),
    KATAKANA("13", "JIS_X0201", Form.SINGLE_G1, ")I"),
    ROMAJI("14", "ISO-8859-1", Form.BASE, "(J"),
    KANJI("87", "EUC-JP", Form.DOUBLE_G0, "$B"),
    KANJI_SUPPLEMENT("159", "EUC-JP", Form.DOUBLE_G0, "$(D"),
    KOREAN("149", "EUC-KR", Form.DOUBLE_G1, "$)C"),
    SIMPLIFIED_CHINESE("58", "GB2312", Form.DOUBLE_G1, "$)A"),
    UTF_8("192", "UTF-8", Form.WHOLE, null),
    GB18030("GB18030", "GB18030", Form.WHOLE, null),
    GBK("GBK", "GBK", Form.WHOLE, null);

    /** Where ISO 2022 puts it: bytes below 128 (G0), from 128 on (G1), or outside ISO 2022 altogether. */
    enum Form { BASE, SINGLE_G1, DOUBLE_G0, DOUBLE_G1, WHOLE }

    private final String number;
    private final Charset charset;
    private final Form form;
    private final String escape;

    Repertoire(String number, String charset, Form form, String escape) {
        this.number = number;
        this.charset = Charset.forName(charset);
        this.form = form;
        this.escape = escape;
    }

    /** @param term a defined term such as "ISO_IR 100" or "ISO 2022 IR 87", or "" */
    static Repertoire ofTerm(String term) {
        String number = term.replace("ISO_IR ", "").replace("ISO 2022 IR ", "").strip();
        for (Repertoire repertoire : values()) {
            if (repertoire.number.equals(number)) {
                return repertoire;
            }
        }
        return ASCII;
    }

    /** @return the repertoire whose escape sequence stands after the ESC at {@code at - 1}, or null */
    static Repertoire ofEscape(byte[] bytes, int at) {
        for (Repertoire repertoire : values()) {
            if (repertoire.escape != null && startsWith(bytes, at, repertoire.escape)) {
                return repertoire;
            }
        }
        return null;
    }

    private static boolean startsWith(byte[] bytes, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= bytes.length || bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    Charset charset() {
        return charset;
    }

    Form form() {
        return form;
    }

    /** @return the bytes after ESC */
    String escape() {
        return escape;
    }

    boolean isG0() {
        return form == Form.BASE || form == Form.DOUBLE_G0;
    }

    /** @return how a character is written in this repertoire within ISO 2022, or null when it has none */
    byte[] encode(String character) {
        if (!charset.newEncoder().canEncode(character)) {
            return null;
        }
        byte[] bytes = character.getBytes(charset);
        boolean high = bytes[0] < 0;
        return switch (form) {
            case BASE -> high ? null : bytes;
            case SINGLE_G1 -> high && bytes.length == 1 ? bytes : null;
            case DOUBLE_G1 -> high && bytes.length == 2 ? bytes : null;
            case DOUBLE_G0 -> eucToG0(bytes);
            case WHOLE -> bytes;
        };
    }

    /** EUC-JP marks JIS X 0212 by 0x8F, half-width kana by 0x8E, and sets the high bits. */
    private byte[] eucToG0(byte[] euc) {
        int prefix = this == KANJI_SUPPLEMENT ? 1 : 0;
        boolean own = prefix == 1
                ? euc.length == 3 && euc[0] == (byte) 0x8F
                : euc.length == 2 && euc[0] < 0 && euc[0] != (byte) 0x8E;
        return own ? new byte[] {(byte) (euc[prefix] & 0x7F), (byte) (euc[prefix + 1] & 0x7F)} : null;
    }

    /** @return the character of two bytes of a double-byte repertoire */
    String decodePair(byte first, byte second) {
        byte high = (byte) (first | 0x80);
        byte low = (byte) (second | 0x80);
        byte[] euc = this == KANJI_SUPPLEMENT ? new byte[] {(byte) 0x8F, high, low} : new byte[] {high, low};
        return new String(euc, charset);
    }
}
