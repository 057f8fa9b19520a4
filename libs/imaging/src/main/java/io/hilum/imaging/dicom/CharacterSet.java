package io.hilum.imaging.dicom;

import java.util.List;

/**
 * The meaning of text bytes (PS3.3 section C.12.1.1.2, PS3.5 section 6.1): Specific Character Set, with
 * ISO 2022 code extensions when it has several values. Immutable.
 */
public final class CharacterSet {

    /** ISO-IR 6: ASCII. Bytes above 127, which should not be there, are read as ISO 8859-1. */
    public static final CharacterSet DEFAULT = new CharacterSet(List.of());

    private final List<Repertoire> repertoires;

    private CharacterSet(List<Repertoire> repertoires) {
        this.repertoires = repertoires;
    }

    /** @param terms the values of (0008,0005); terms that are not known count as the default repertoire */
    public static CharacterSet of(List<String> terms) {
        List<Repertoire> repertoires = terms.stream().map(Repertoire::ofTerm).toList();
        return new CharacterSet(repertoires);
    }

    /** Never fails: what the set does not have becomes U+FFFD. The VR tells which characters are delimiters. */
    public String decode(byte[] bytes, Vr vr) {
        return Iso2022.decode(bytes, vr, repertoires);
    }

    /** @throws IllegalArgumentException a sentence with the first character that no repertoire of the set has */
    public byte[] encode(String text, Vr vr) {
        return Iso2022.encode(text, vr, repertoires);
    }
}
