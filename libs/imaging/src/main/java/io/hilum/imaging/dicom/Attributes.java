package io.hilum.imaging.dicom;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A DICOM dataset: elements in tag order, private ones included, with typed getters and setters.
 *
 * <p>Getters are lenient: an attribute that is absent, empty or unreadable is empty. Where the difference matters
 * ask {@link #hasValue} as well. Values stay the bytes that came, so that reading and writing changes nothing;
 * text is decoded by Specific Character Set (0008,0005), which items inherit from their parent.
 *
 * <p>Threading: one thread builds it; when nobody changes it any more, any number may read it.
 */
public final class Attributes {

    private final TreeMap<Integer, Element> elements = new TreeMap<>(Integer::compareUnsigned);
    private Attributes parent;

    /** An empty dataset. */
    public Attributes() {}

    // ---- what is there ----

    public boolean contains(int tag) {
        return elements.containsKey(tag);
    }

    /** @return whether the element is there and not of zero length */
    public boolean hasValue(int tag) {
        Element element = elements.get(tag);
        return element instanceof Element.Plain plain && plain.value().length > 0
                || element instanceof Element.Sequence sequence && !sequence.items().isEmpty()
                || element instanceof Element.Encapsulated;
    }

    public Optional<Element> element(int tag) {
        return Optional.ofNullable(elements.get(tag));
    }

    /** @return the elements in ascending (unsigned) tag order, a view */
    public Collection<Element> elements() {
        return Collections.unmodifiableCollection(elements.values());
    }

    public int size() {
        return elements.size();
    }

    // ---- getters ----

    /** @return the first value, without padding; empty when absent or blank */
    public Optional<String> string(int tag) {
        List<String> values = strings(tag);
        return values.isEmpty() || values.get(0).isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** @return the first value, or the fallback when it is absent or blank */
    public String string(int tag, String fallback) {
        return string(tag).orElse(fallback);
    }

    /** @return all values in their order, each without padding, blank ones as ""; empty list when absent */
    public List<String> strings(int tag) {
        return elements.get(tag) instanceof Element.Plain plain && plain.value().length > 0
                ? Values.strings(plain, characterSet())
                : List.of();
    }

    /** @return the first value of IS, DS or a binary integer; empty when it is absent or no whole number */
    public OptionalInt integer(int tag) {
        int[] values = integers(tag);
        return values.length == 0 ? OptionalInt.empty() : OptionalInt.of(values[0]);
    }

    public int integer(int tag, int fallback) {
        return integer(tag).orElse(fallback);
    }

    /** @return all values; UL above 2^31-1 wraps round; an empty array when one of them is not readable */
    public int[] integers(int tag) {
        return elements.get(tag) instanceof Element.Plain plain ? Values.integers(plain) : new int[0];
    }

    /** @return the first value of DS, IS, FL, FD or a binary integer; empty when it is absent or not finite */
    public OptionalDouble decimal(int tag) {
        double[] values = decimals(tag);
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(values[0]);
    }

    /** @return all values; an empty array when one of them is not readable or not finite */
    public double[] decimals(int tag) {
        return elements.get(tag) instanceof Element.Plain plain ? Values.decimals(plain) : new double[0];
    }

    /** @return a DA value, also in the old form YYYY.MM.DD */
    public Optional<LocalDate> date(int tag) {
        return string(tag).flatMap(Values::date);
    }

    /** @return a TM value to the nanosecond; missing minutes and seconds are zero */
    public Optional<LocalTime> time(int tag) {
        return string(tag).flatMap(Values::time);
    }

    /** @return the first UID, without padding */
    public Optional<String> uid(int tag) {
        return string(tag);
    }

    public Optional<PersonName> personName(int tag) {
        return string(tag).map(PersonName::parse);
    }

    /** @return the value's bytes, little endian, padding included, not a copy: do not change them */
    public Optional<byte[]> bytes(int tag) {
        return elements.get(tag) instanceof Element.Plain plain ? Optional.of(plain.value()) : Optional.empty();
    }

    /** @return the items of a sequence; an empty list when absent */
    public List<Attributes> items(int tag) {
        return elements.get(tag) instanceof Element.Sequence sequence ? sequence.items() : List.of();
    }

    /** @return the first item of a sequence */
    public Optional<Attributes> item(int tag) {
        return items(tag).stream().findFirst();
    }

    /**
     * The tag of a private element under whatever block its creator reserved here (PS3.5 section 7.8.1).
     *
     * @param group odd group
     * @param element 0x00 to 0xFF within the creator's block
     */
    public OptionalInt privateTag(String creator, int group, int element) {
        for (int block = 0x10; block <= 0xFF; block++) {
            if (string(Tag.of(group, block), "").equals(creator)) {
                return OptionalInt.of(Tag.of(group, block << 8 | element & 0xFF));
            }
        }
        return OptionalInt.empty();
    }

    /** The character set that governs text here: the own one, else the parent's, else the default repertoire. */
    public CharacterSet characterSet() {
        if (elements.get(Tag.SPECIFIC_CHARACTER_SET) instanceof Element.Plain own && own.value().length > 0) {
            return CharacterSet.of(Values.strings(own, CharacterSet.DEFAULT));
        }
        return parent == null ? CharacterSet.DEFAULT : parent.characterSet();
    }

    // ---- setters: the VR comes from the dictionary unless given ----

    public Attributes put(Element element) {
        if (element instanceof Element.Sequence sequence) {
            sequence.items().forEach(item -> item.parent = this);
        }
        elements.put(element.tag(), element);
        return this;
    }

    public Attributes remove(int tag) {
        elements.remove(tag);
        return this;
    }

    /** Sets text values; Specific Character Set must already be set when they are not ASCII. */
    public Attributes putString(int tag, String... values) {
        return putString(tag, Dictionary.vr(tag), values);
    }

    public Attributes putString(int tag, Vr vr, String... values) {
        return put(new Element.Plain(tag, vr, Values.ofStrings(tag, vr, characterSet(), values)));
    }

    /** Sets integers as binary or IS. */
    public Attributes putInt(int tag, int... values) {
        return putInt(tag, vrHere(tag), values);
    }

    public Attributes putInt(int tag, Vr vr, int... values) {
        return put(new Element.Plain(tag, vr, Values.ofIntegers(tag, vr, values)));
    }

    /** Sets numbers as FL, FD or DS (at most 16 characters). */
    public Attributes putDouble(int tag, double... values) {
        return put(new Element.Plain(tag, Dictionary.vr(tag), Values.ofDecimals(tag, Dictionary.vr(tag), values)));
    }

    /** Sets little-endian bytes; they are padded to even length but not copied when they are even. */
    public Attributes putBytes(int tag, Vr vr, byte[] littleEndian) {
        return put(new Element.Plain(tag, vr, Values.even(littleEndian, vr.padding())));
    }

    /** Sets an element without a value. */
    public Attributes putEmpty(int tag) {
        Vr vr = Dictionary.vr(tag);
        return put(vr == Vr.SQ ? new Element.Sequence(tag, List.of()) : new Element.Plain(tag, vr, new byte[0]));
    }

    /** Sets a sequence; from here on its items inherit the character set, so put text that is not ASCII after this. */
    public Attributes putItems(int tag, Attributes... items) {
        return put(new Element.Sequence(tag, List.of(items)));
    }

    /** Sets encapsulated pixel data with an empty offset table. */
    public Attributes putFragments(int tag, List<byte[]> fragments) {
        List<byte[]> even = new ArrayList<>();
        fragments.forEach(fragment -> even.add(Values.even(fragment, (byte) 0)));
        return put(new Element.Encapsulated(tag, Vr.OB, new byte[0], even));
    }

    private Vr vrHere(int tag) {
        boolean signed = Dictionary.isSignedAsPixels(tag) && integer(Tag.PIXEL_REPRESENTATION, 0) == 1;
        return signed ? Vr.SS : Dictionary.vr(tag);
    }

    /** One line an element, nested items indented; values are cut. For people, not for machines. */
    @Override
    public String toString() {
        return AttributesPrinter.print(this);
    }
}
