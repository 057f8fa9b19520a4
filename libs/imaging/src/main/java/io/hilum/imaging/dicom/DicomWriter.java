package io.hilum.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes datasets and part 10 files (PS3.5, PS3.10). Sequences get undefined lengths, so that nothing has to be
 * measured before it is written. No state; any thread.
 */
public final class DicomWriter {

    private DicomWriter() {}

    /** A part 10 file of a dataset, which must have SOP Class UID and SOP Instance UID. The stream stays open. */
    public static void write(OutputStream out, Attributes dataset, TransferSyntax syntax) throws IOException {
        String sopClass = require(dataset, Tag.SOP_CLASS_UID);
        String sopInstance = require(dataset, Tag.SOP_INSTANCE_UID);
        writeMeta(out, new FileMeta(sopClass, sopInstance, syntax.uid(), null));
        writeDataset(out, dataset, syntax);
    }

    /** @return {@link #write} in memory */
    public static byte[] toBytes(Attributes dataset, TransferSyntax syntax) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(
                dataset.bytes(Tag.PIXEL_DATA).map(pixels -> pixels.length).orElse(0) + 4096);
        try {
            write(bytes, dataset, syntax);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Preamble and file meta information; the dataset's bytes in {@link FileMeta#syntaxUid} must follow, e.g. as
     * they came from the network.
     */
    public static void writeMeta(OutputStream out, FileMeta meta) throws IOException {
        out.write(new byte[128]);
        out.write(new byte[] {'D', 'I', 'C', 'M'});
        out.write(withGroupLength(meta.toAttributes(), Tag.FILE_META_INFORMATION_GROUP_LENGTH, TransferSyntax.EXPLICIT_LE));
    }

    /** The dataset alone, as the network carries it. The stream stays open. */
    public static void writeDataset(OutputStream out, Attributes dataset, TransferSyntax syntax) throws IOException {
        boolean fragments = dataset.element(Tag.PIXEL_DATA).orElse(null) instanceof Element.Encapsulated;
        if (dataset.contains(Tag.PIXEL_DATA) && fragments != syntax.isEncapsulated()) {
            throw new IllegalArgumentException("the pixel data are " + (fragments ? "in fragments" : "native")
                    + ", which does not fit " + syntax);
        }
        if (!syntax.isDeflated()) {
            new ElementWriter(out, syntax).write(dataset);
            return;
        }
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, 16 << 10);
            new ElementWriter(deflated, syntax).write(dataset);
            deflated.finish();
        } finally {
            deflater.end();
        }
    }

    /** A command set with its group length: group 0000 in implicit VR little endian (PS3.7 section 6.3). */
    public static byte[] command(Attributes command) {
        return withGroupLength(command, Tag.COMMAND_GROUP_LENGTH, TransferSyntax.IMPLICIT_LE);
    }

    private static byte[] withGroupLength(Attributes group, int lengthTag, TransferSyntax syntax) {
        try {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            new ElementWriter(content, syntax).write(group);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            new ElementWriter(bytes, syntax).write(new Attributes().putInt(lengthTag, content.size()));
            content.writeTo(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
    }

    private static String require(Attributes dataset, int tag) {
        return dataset.uid(tag).orElseThrow(() -> new IllegalArgumentException(
                "a file needs " + Tag.toString(tag) + "; put it into the dataset first"));
    }
}
