package io.hilum.imaging.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The part of PS3.6 that this system needs: VR and keyword of a tag. Immutable after class loading. */
public final class Dictionary {

    private record Entry(Vr vr, boolean signedAsPixels, String keyword) {}

    private static final Map<Integer, Entry> ENTRIES = load();

    private Dictionary() {}

    /**
     * @return the VR of a standard tag; UL for a group length, LO for a private creator, UN when not known here.
     *     US for those that are US or SS after Pixel Representation, see {@link #isSignedAsPixels}
     */
    public static Vr vr(int tag) {
        Entry entry = ENTRIES.get(tag);
        if (entry != null) {
            return entry.vr;
        }
        if (Tag.element(tag) == 0) {
            return Vr.UL;
        }
        return Tag.isPrivateCreator(tag) ? Vr.LO : Vr.UN;
    }

    /** Whether PS3.6 says "US or SS": SS where Pixel Representation is 1. */
    public static boolean isSignedAsPixels(int tag) {
        Entry entry = ENTRIES.get(tag);
        return entry != null && entry.signedAsPixels;
    }

    public static Optional<String> keyword(int tag) {
        return Optional.ofNullable(ENTRIES.get(tag)).map(Entry::keyword);
    }

    private static Map<Integer, Entry> load() {
        Map<Integer, Entry> entries = new HashMap<>(1024);
        try (InputStream in = Dictionary.class.getResourceAsStream("dictionary.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] part = line.split(" ");
                    boolean either = part[1].equals("US|SS");
                    Vr vr = either ? Vr.US : Vr.valueOf(part[1]);
                    entries.put(Integer.parseUnsignedInt(part[0], 16), new Entry(vr, either, part[2]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(entries);
    }
}
