package io.hilum.imaging.dicom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Reads a DICOM object from a stream, once: all of it, or its header only. Whatever the bytes are, the outcome is a
 * result, a {@link DicomException} or the stream's own IOException. The stream stays open. One thread only.
 */
public final class DicomReader {

    private static final int PREAMBLE = 128;

    private final ByteSource source;
    private final DicomLimits limits;
    private final TransferSyntax given;

    private DicomReader(InputStream in, TransferSyntax given, DicomLimits limits) {
        this.source = new ByteSource(in, limits.maxBytes());
        this.given = given;
        this.limits = limits;
    }

    /** A file with preamble and file meta information (PS3.10). */
    public static DicomReader part10(InputStream in, DicomLimits limits) {
        return new DicomReader(in, null, limits);
    }

    /** A dataset without meta information, as the network carries it, in the syntax of its presentation context. */
    public static DicomReader dataset(InputStream in, TransferSyntax syntax, DicomLimits limits) {
        return new DicomReader(in, syntax, limits);
    }

    /** A command set (PS3.7 section 6.3): group 0000 in implicit VR little endian. */
    public static Attributes command(byte[] bytes) throws DicomException {
        try {
            ByteSource source = new ByteSource(new ByteArrayInputStream(bytes), bytes.length);
            Attributes command = new Attributes();
            new DatasetParser(source, false, false, Budget.ofObject(DicomLimits.DEFAULT)).topLevel(command, true);
            return command;
        } catch (DicomException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("an array in memory cannot fail to be read", e);
        }
    }

    /** Everything; to the end of the stream. */
    public DicomFile readAll() throws IOException {
        Attributes meta = new Attributes();
        TransferSyntax syntax = open(meta, Budget.ofObject(limits));
        Attributes dataset = new Attributes();
        inSyntax(syntax, content -> {
            DatasetParser parser = parser(content, syntax, Budget.ofObject(limits));
            DatasetParser.Header pixels = parser.topLevel(dataset, false);
            while (pixels != null) {
                Element element = pixels.isUndefined()
                        ? parser.encapsulated(pixels)
                        : new Element.Plain(pixels.tag(), pixels.vr(), parser.plain(pixels));
                if (!dataset.contains(pixels.tag())) {
                    dataset.put(element);
                }
                pixels = parser.topLevel(dataset, false);
            }
        });
        return new DicomFile(meta, dataset, syntax);
    }

    /**
     * The elements before pixel data, and how long the pixel data are; what stands after them is not read. Many of
     * these are read at a time, so private elements and values of more than 64 KiB are passed over, and what is kept
     * has 2 MiB at most, however large the object is; more is refused as {@link DicomFault#TOO_LARGE}. Pixel data that
     * end before their claimed length are refused here, as {@link DicomFault#TRUNCATED}.
     */
    public DicomHeader readHeader() throws IOException {
        return header(true);
    }

    /**
     * As {@link #readHeader}, but pixel data stay unread: {@link DicomHeader#pixels} only says whether there are any,
     * and how long they are expected to be when they are decoded.
     */
    public DicomHeader readBeforePixels() throws IOException {
        return header(false);
    }

    private DicomHeader header(boolean throughPixels) throws IOException {
        Attributes meta = new Attributes();
        TransferSyntax syntax = open(meta, Budget.ofHeader(limits));
        Attributes dataset = new Attributes();
        PixelLength[] length = {PixelLength.ABSENT};
        inSyntax(syntax, content -> {
            DatasetParser parser = parser(content, syntax, Budget.ofHeader(limits));
            DatasetParser.Header pixels = parser.topLevel(dataset, false);
            if (pixels != null && !throughPixels) {
                length[0] = PixelLength.ofNative(dataset, 0);
            } else if (pixels != null && pixels.isUndefined()) {
                length[0] = parser.skipEncapsulated(pixels);
            } else if (pixels != null) {
                content.skip(pixels.length(), pixels.toString());
                length[0] = PixelLength.ofNative(dataset, pixels.length());
            }
        });
        return new DicomHeader(meta, dataset, syntax, length[0]);
    }

    private static DatasetParser parser(ByteSource content, TransferSyntax syntax, Budget budget) {
        return new DatasetParser(content, syntax.isExplicitVr(), syntax.isBigEndian(), budget);
    }

    private interface Parse {
        void of(ByteSource content) throws IOException;
    }

    private void inSyntax(TransferSyntax syntax, Parse parse) throws IOException {
        if (!syntax.isDeflated()) {
            parse.of(source);
            return;
        }
        // PS3.5 annex A.5: raw deflate, without zlib's header.
        Inflater inflater = new Inflater(true);
        try {
            parse.of(new ByteSource(new InflaterInputStream(source.rest(), inflater, 16 << 10), limits.maxBytes()));
        } finally {
            inflater.end();
        }
    }

    private TransferSyntax open(Attributes meta, Budget budget) throws IOException {
        if (given != null) {
            return given;
        }
        if (source.atEnd()) {
            throw new DicomException(DicomFault.EMPTY, "The file is empty; send it again from its source");
        }
        boolean dicom = source.has(PREAMBLE + 4) && source.peek(PREAMBLE) == 'D' && source.peek(PREAMBLE + 1) == 'I'
                && source.peek(PREAMBLE + 2) == 'C' && source.peek(PREAMBLE + 3) == 'M';
        if (!dicom) {
            throw new DicomException(DicomFault.NOT_DICOM,
                    "This is no DICOM file: the letters DICM are not at byte " + PREAMBLE, PREAMBLE);
        }
        source.skip(PREAMBLE + 4, "the preamble");
        readMeta(meta, budget);
        String uid = meta.uid(Tag.TRANSFER_SYNTAX_UID).orElseThrow(() -> new DicomException(DicomFault.BAD_ATTRIBUTE,
                "The file meta information names no transfer syntax (0002,0010)", source.offset()));
        return TransferSyntax.require(uid);
    }

    /**
     * Group 0002 is explicit little endian always. Its group length is often wrong, so its end is where the group
     * ends, or where elements of group 0002 go on in the encoding of the dataset (and count as leaked).
     */
    private void readMeta(Attributes meta, Budget budget) throws IOException {
        DatasetParser parser = new DatasetParser(source, true, false, budget);
        while (source.has(6) && (source.peek(0) | source.peek(1) << 8) == 0x0002
                && Vr.ofLetters(source.peek(4), source.peek(5)) != null) {
            parser.element(meta);
        }
    }
}
