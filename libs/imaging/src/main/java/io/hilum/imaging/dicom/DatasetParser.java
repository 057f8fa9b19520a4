package io.hilum.imaging.dicom;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Elements of one encoding (PS3.5 section 7): implicit or explicit VR, little or big endian, with nested sequences.
 * Tolerant where the meaning is clear (odd lengths, order of tags, group lengths); what comes twice counts once, the
 * first. One thread only.
 */
final class DatasetParser {

    private static final long UNDEFINED = 0xFFFFFFFFL;

    private final ByteSource source;
    private final boolean explicit;
    private final boolean bigEndian;
    private final Budget budget;

    DatasetParser(ByteSource source, boolean explicit, boolean bigEndian, Budget budget) {
        this.source = source;
        this.explicit = explicit;
        this.bigEndian = bigEndian;
        this.budget = budget;
    }

    /** An element's header: what comes before its value. */
    record Header(int tag, Vr vr, long length) {

        boolean isUndefined() {
            return length == UNDEFINED;
        }

        @Override
        public String toString() {
            return Tag.toString(tag);
        }
    }

    /**
     * Reads elements of the top level until the bytes end or an element of pixel data (7FE0,0010) has its turn.
     *
     * @param command whether group 0000 is content; elsewhere it can only be padding
     * @return the header of pixel data, its value not taken yet; null at the end
     */
    Header topLevel(Attributes into, boolean command) throws IOException {
        while (!source.atEnd()) {
            int tag = tag();
            if (tag == 0 && !command) {
                requireZerosOnly();
                return null;
            }
            Header header = header(tag);
            if (tag == Tag.PIXEL_DATA) {
                return header;
            }
            read(header, into, Long.MAX_VALUE, 0);
        }
        return null;
    }

    /** Reads one element of file meta information. */
    void element(Attributes meta) throws IOException {
        Header header = header(tag());
        Element element = value(header, Long.MAX_VALUE, 0);
        if (element != null && !meta.contains(header.tag)) {
            meta.put(element);
        }
    }

    /** Some devices fill the last block of a file with zeros. */
    private void requireZerosOnly() throws IOException {
        for (; source.has(1); source.skip(1, "padding")) {
            if (source.peek(0) != 0) {
                throw malformed("Element (0000,0000) has no place in a dataset");
            }
        }
    }

    Header header(int tag) throws IOException {
        budget.element(source.offset());
        String what = "the header of " + Tag.toString(tag);
        boolean item = Tag.group(tag) == 0xFFFE;
        if (!explicit || item) {
            return new Header(tag, implicitVr(tag), source.u32(bigEndian, what));
        }
        int letters = source.u16(true, what);
        Vr vr = Vr.ofLetters(letters >> 8, letters & 0xFF);
        if (vr == null && !(isLetter(letters >> 8) && isLetter(letters & 0xFF))) {
            throw malformed(Tag.toString(tag) + " has no value representation where one must be");
        }
        if (vr != null && vr.hasShortLength()) {
            return new Header(tag, vr, source.u16(bigEndian, what));
        }
        source.skip(2, what);
        // A VR of a later edition of the standard has the long form and can only be kept.
        return new Header(tag, vr == null ? Vr.UN : vr, source.u32(bigEndian, what));
    }

    private Vr implicitVr(int tag) {
        return budget.signedPixels() && Dictionary.isSignedAsPixels(tag) ? Vr.SS : Dictionary.vr(tag);
    }

    private static boolean isLetter(int character) {
        return character >= 'A' && character <= 'Z';
    }

    private void read(Header header, Attributes into, long end, int depth) throws IOException {
        boolean before = budget.enter(header.tag);
        Element element = value(header, end, depth);
        budget.leave(before);
        boolean leaked = depth == 0 && Tag.group(header.tag) == 0x0002;
        boolean groupLength = Tag.element(header.tag) == 0 && Tag.group(header.tag) != 0;
        if (element != null && !leaked && !groupLength && !into.contains(header.tag)) {
            into.put(element);
        }
        if (header.tag == Tag.PIXEL_REPRESENTATION) {
            budget.signedPixels(into.integer(Tag.PIXEL_REPRESENTATION, 0) == 1);
        }
    }

    /**
     * @param end offset at which the enclosing item ends; {@code Long.MAX_VALUE} when it does not say
     * @return null where the budget passes it over
     */
    private Element value(Header header, long end, int depth) throws IOException {
        if (!header.isUndefined() && header.length > end - source.offset()) {
            throw malformed(header + " claims " + header.length + " bytes, more than its sequence item has left");
        }
        if (header.vr == Vr.SQ) {
            return sequence(header, end, depth);
        }
        if (!header.isUndefined()) {
            if (!budget.keeps(header.length, source.offset())) {
                source.skip(header.length, header.toString());
                return null;
            }
            return new Element.Plain(header.tag, header.vr, plain(header));
        }
        if (header.vr == Vr.UN) {
            // PS3.5 section 6.2.2 note 4: UN of undefined length is a sequence in implicit VR little endian.
            return new DatasetParser(source, false, false, budget).sequence(header, end, depth);
        }
        if (header.vr == Vr.OB || header.vr == Vr.OW) {
            if (budget.isHeaderOnly()) {
                skipEncapsulated(header);
                return null;
            }
            return encapsulated(header);
        }
        throw malformed(header + " is " + header.vr + ", which cannot have an undefined length");
    }

    byte[] plain(Header header) throws IOException {
        byte[] value = source.bytes(header.length, header.toString());
        if (bigEndian) {
            ByteOrders.swap(value, header.vr.unit());
        }
        return value;
    }

    private Element sequence(Header header, long outerEnd, int depth) throws IOException {
        budget.depth(depth + 1, source.offset());
        long end = header.isUndefined() ? outerEnd : source.offset() + header.length;
        List<Attributes> items = new ArrayList<>();
        while (header.isUndefined() || source.offset() < end) {
            Header item = header(tag());
            if (item.tag == Tag.SEQUENCE_DELIMITER && header.isUndefined()) {
                break;
            }
            if (item.tag != Tag.ITEM) {
                throw malformed("Sequence " + header + " holds " + item + " where an item must be");
            }
            boolean kept = budget.keeps(0, source.offset());
            Attributes content = item(item, end, depth + 1);
            if (kept) {
                items.add(content);
            }
        }
        requireWithin(end, header.toString());
        return budget.isPassingOver() ? null : new Element.Sequence(header.tag, items);
    }

    private Attributes item(Header header, long outerEnd, int depth) throws IOException {
        if (!header.isUndefined() && header.length > outerEnd - source.offset()) {
            throw malformed("An item claims " + header.length + " bytes, more than its sequence has left");
        }
        long end = header.isUndefined() ? outerEnd : source.offset() + header.length;
        Attributes item = new Attributes();
        while (header.isUndefined() || source.offset() < end) {
            Header element = header(tag());
            if (element.tag == Tag.ITEM_DELIMITER && header.isUndefined()) {
                break;
            }
            if (Tag.group(element.tag) == 0xFFFE) {
                throw malformed("A sequence item holds " + element + " where an element must be");
            }
            read(element, item, end, depth);
        }
        requireWithin(end, "A sequence item");
        return item;
    }

    private void requireWithin(long end, String what) throws DicomException {
        if (source.offset() > end) {
            throw malformed(what + " goes on past the end of what encloses it");
        }
    }

    Element.Encapsulated encapsulated(Header header) throws IOException {
        List<byte[]> items = new ArrayList<>();
        for (Header item = fragment(header); item != null; item = fragment(header)) {
            items.add(source.bytes(item.length, "a fragment of " + header));
        }
        byte[] offsets = items.isEmpty() ? new byte[0] : items.remove(0);
        return new Element.Encapsulated(header.tag, header.vr, offsets, items);
    }

    /** @return length and number of the fragments, which are skipped */
    PixelLength skipEncapsulated(Header header) throws IOException {
        long bytes = 0;
        int count = -1;
        for (Header item = fragment(header); item != null; item = fragment(header)) {
            source.skip(item.length, "a fragment of " + header);
            bytes += count++ < 0 ? 0 : item.length;
        }
        return PixelLength.ofFragments(bytes, Math.max(0, count));
    }

    private Header fragment(Header pixels) throws IOException {
        Header item = header(tag());
        if (item.tag == Tag.SEQUENCE_DELIMITER) {
            return null;
        }
        if (item.tag != Tag.ITEM || item.isUndefined()) {
            throw malformed("The fragments of " + pixels + " hold " + item + " where a fragment must be");
        }
        return item;
    }

    private int tag() throws IOException {
        int group = source.u16(bigEndian, "a tag");
        return Tag.of(group, source.u16(bigEndian, "a tag"));
    }

    private DicomException malformed(String sentence) {
        return new DicomException(DicomFault.MALFORMED, sentence, source.offset());
    }
}
