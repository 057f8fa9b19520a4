package io.hilum.imaging.dicom;

import java.io.IOException;
import java.io.OutputStream;

/** Elements in one encoding (PS3.5 section 7). One thread only. */
final class ElementWriter {

    private static final int UNDEFINED = 0xFFFFFFFF;
    private static final int LONGEST_SHORT = 0xFFFE;

    private final OutputStream out;
    private final boolean explicit;
    private final boolean bigEndian;
    private final byte[] scratch = new byte[4];

    ElementWriter(OutputStream out, TransferSyntax syntax) {
        this.out = out;
        this.explicit = syntax.isExplicitVr();
        this.bigEndian = syntax.isBigEndian();
    }

    void write(Attributes attributes) throws IOException {
        for (Element element : attributes.elements()) {
            if (element instanceof Element.Plain plain) {
                plain(plain);
            } else if (element instanceof Element.Sequence sequence) {
                sequence(sequence);
            } else {
                encapsulated((Element.Encapsulated) element);
            }
        }
    }

    private void plain(Element.Plain element) throws IOException {
        byte[] value = Values.even(element.value(), element.vr().padding());
        // PS3.5 section 6.2.2: a value too long for its VR's 16-bit length is written as UN.
        boolean tooLong = explicit && element.vr().hasShortLength() && value.length > LONGEST_SHORT;
        Vr vr = tooLong ? Vr.UN : element.vr();
        header(element.tag(), vr, value.length);
        if (bigEndian && vr.unit() > 1) {
            value = value.clone();
            ByteOrders.swap(value, vr.unit());
        }
        out.write(value);
    }

    private void sequence(Element.Sequence sequence) throws IOException {
        header(sequence.tag(), Vr.SQ, sequence.items().isEmpty() ? 0 : UNDEFINED);
        if (sequence.items().isEmpty()) {
            return;
        }
        for (Attributes item : sequence.items()) {
            delimiter(Tag.ITEM, UNDEFINED);
            write(item);
            delimiter(Tag.ITEM_DELIMITER, 0);
        }
        delimiter(Tag.SEQUENCE_DELIMITER, 0);
    }

    private void encapsulated(Element.Encapsulated pixels) throws IOException {
        header(pixels.tag(), Vr.OB, UNDEFINED);
        fragment(pixels.offsetTable());
        for (byte[] fragment : pixels.fragments()) {
            fragment(fragment);
        }
        delimiter(Tag.SEQUENCE_DELIMITER, 0);
    }

    private void fragment(byte[] bytes) throws IOException {
        byte[] even = Values.even(bytes, (byte) 0);
        delimiter(Tag.ITEM, even.length);
        out.write(even);
    }

    private void header(int tag, Vr vr, int length) throws IOException {
        tag(tag);
        if (!explicit) {
            u32(length);
            return;
        }
        out.write(vr.name().charAt(0));
        out.write(vr.name().charAt(1));
        if (vr.hasShortLength()) {
            u16(length);
        } else {
            u16(0);
            u32(length);
        }
    }

    private void delimiter(int tag, int length) throws IOException {
        tag(tag);
        u32(length);
    }

    private void tag(int tag) throws IOException {
        u16(Tag.group(tag));
        u16(Tag.element(tag));
    }

    private void u16(int value) throws IOException {
        scratch[bigEndian ? 1 : 0] = (byte) value;
        scratch[bigEndian ? 0 : 1] = (byte) (value >> 8);
        out.write(scratch, 0, 2);
    }

    private void u32(int value) throws IOException {
        u16(bigEndian ? value >>> 16 : value);
        u16(bigEndian ? value : value >>> 16);
    }
}
