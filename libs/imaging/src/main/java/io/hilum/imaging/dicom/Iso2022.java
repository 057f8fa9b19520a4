package io.hilum.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** ISO 2022 code extension as DICOM uses it (PS3.5 section 6.1.2.5): two working sets that escapes exchange. */
final class Iso2022 {

    private static final byte ESCAPE = 0x1B;

    private Iso2022() {}

    private static Repertoire first(List<Repertoire> repertoires) {
        return repertoires.isEmpty() ? Repertoire.ASCII : repertoires.get(0);
    }

    private static Repertoire initialG1(List<Repertoire> repertoires) {
        Repertoire first = first(repertoires);
        return first.isG0() ? Repertoire.ASCII : first;
    }

    /** Line ends and the delimiters of values and name components bring the initial sets back. */
    private static boolean resets(int character, Vr vr) {
        return character == '\n' || character == '\r' || character == '\f' || character == '\t'
                || character == '\\' && !vr.isSingleText()
                || vr == Vr.PN && (character == '^' || character == '=');
    }

    static String decode(byte[] bytes, Vr vr, List<Repertoire> repertoires) {
        if (first(repertoires).form() == Repertoire.Form.WHOLE) {
            return new String(bytes, first(repertoires).charset());
        }
        StringBuilder text = new StringBuilder(bytes.length);
        Repertoire g0 = Repertoire.ASCII;
        Repertoire g1 = initialG1(repertoires);
        for (int i = 0; i < bytes.length; i++) {
            Repertoire designated = bytes[i] == ESCAPE ? Repertoire.ofEscape(bytes, i + 1) : null;
            if (designated != null) {
                g0 = designated.isG0() ? designated : g0;
                g1 = designated.isG0() ? g1 : designated;
                i += designated.escape().length();
                continue;
            }
            Repertoire set = bytes[i] < 0 ? g1 : g0;
            boolean pair = set.form() == Repertoire.Form.DOUBLE_G0 || set.form() == Repertoire.Form.DOUBLE_G1;
            boolean control = bytes[i] >= 0 && bytes[i] <= ' ';
            if (pair && !control && i + 1 < bytes.length) {
                text.append(set.decodePair(bytes[i], bytes[++i]));
            } else if (bytes[i] < 0) {
                text.append(pair ? "\uFFFD" : new String(bytes, i, 1, set.charset()));
            } else {
                text.append((char) bytes[i]);
                if (resets(bytes[i], vr)) {
                    g0 = Repertoire.ASCII;
                    g1 = initialG1(repertoires);
                }
            }
        }
        return text.toString();
    }

    static byte[] encode(String text, Vr vr, List<Repertoire> repertoires) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        Repertoire g0 = Repertoire.ASCII;
        Repertoire g1 = initialG1(repertoires);
        for (int i = 0; i < text.length(); ) {
            String character = new String(Character.toChars(text.codePointAt(i)));
            i += character.length();
            Repertoire set = choose(character, repertoires);
            boolean whole = set.form() == Repertoire.Form.WHOLE;
            if (!whole && set != (set.isG0() ? g0 : g1)) {
                designate(set, bytes);
            }
            g0 = set.isG0() ? set : g0;
            g1 = set.isG0() || whole ? g1 : set;
            bytes.writeBytes(set.encode(character));
            if (resets(character.charAt(0), vr)) {
                g1 = initialG1(repertoires);
            }
        }
        if (g0 != Repertoire.ASCII) {
            designate(Repertoire.ASCII, bytes);
        }
        return bytes.toByteArray();
    }

    private static Repertoire choose(String character, List<Repertoire> repertoires) {
        if (character.charAt(0) < 0x80 && first(repertoires).form() != Repertoire.Form.WHOLE) {
            return Repertoire.ASCII;
        }
        return repertoires.stream().filter(set -> set.encode(character) != null).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the character '" + character
                        + "' is not in the dataset's character sets " + repertoires
                        + "; set Specific Character Set (0008,0005) first, e.g. to ISO_IR 192"));
    }

    private static void designate(Repertoire set, ByteArrayOutputStream bytes) {
        bytes.write(ESCAPE);
        bytes.writeBytes(set.escape().getBytes(StandardCharsets.US_ASCII));
    }
}
