package io.hilum.imaging.dicom;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Datasets byte by byte, to break the rules that the writer keeps. */
final class TestBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    private TestBytes(ByteOrder order) {
        this.order = order;
    }

    static TestBytes littleEndian() {
        return new TestBytes(ByteOrder.LITTLE_ENDIAN);
    }

    static TestBytes bigEndian() {
        return new TestBytes(ByteOrder.BIG_ENDIAN);
    }

    /** Preamble, meta with a transfer syntax, nothing else yet. */
    static TestBytes part10(TransferSyntax syntax) {
        TestBytes file = syntax.isBigEndian() ? bigEndian() : littleEndian();
        try {
            DicomWriter.writeMeta(file.out, new FileMeta("1.2.840.10008.5.1.4.1.1.1.1", "2.25.1", syntax.uid(), null));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    TestBytes u16(int... values) {
        for (int value : values) {
            out.writeBytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
        }
        return this;
    }

    TestBytes u32(long value) {
        out.writeBytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
        return this;
    }

    TestBytes raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    TestBytes text(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    TestBytes tag(int tag) {
        return u16(Tag.group(tag), Tag.element(tag));
    }

    /** Explicit VR with a 16-bit length. */
    TestBytes shortElement(int tag, String vr, String value) {
        return tag(tag).text(vr).u16(value.length()).text(value);
    }

    /** Explicit VR with a 32-bit length, the value to follow. */
    TestBytes longHeader(int tag, String vr, long length) {
        return tag(tag).text(vr).u16(0).u32(length);
    }

    /** Implicit VR, the value to follow; also items and delimiters. */
    TestBytes implicitHeader(int tag, long length) {
        return tag(tag).u32(length);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    DicomFile readFile() throws IOException {
        return DicomReader.part10(new ByteArrayInputStream(bytes()), DicomLimits.DEFAULT).readAll();
    }

    Attributes readDataset(TransferSyntax syntax) throws IOException {
        return DicomReader.dataset(new ByteArrayInputStream(bytes()), syntax, DicomLimits.DEFAULT).readAll().dataset();
    }
}
