package io.hilum.imaging.dicom;

import java.util.List;

/** One data element: a plain value, a sequence of items, or the fragments of compressed pixel data. */
public sealed interface Element {

    int tag();

    Vr vr();

    /**
     * A value as its bytes, always little endian whatever the transfer syntax was, without copying: do not change
     * the array.
     */
    record Plain(int tag, Vr vr, byte[] value) implements Element {}

    /** A sequence; its items know their parent's character set. */
    record Sequence(int tag, List<Attributes> items) implements Element {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public Vr vr() {
            return Vr.SQ;
        }
    }

    /**
     * Encapsulated pixel data (PS3.5 annex A.4).
     *
     * @param offsetTable the first item as it came, often empty, sometimes wrong: nothing relies on it
     * @param fragments the others
     */
    record Encapsulated(int tag, Vr vr, byte[] offsetTable, List<byte[]> fragments) implements Element {

        public Encapsulated {
            fragments = List.copyOf(fragments);
        }
    }
}
