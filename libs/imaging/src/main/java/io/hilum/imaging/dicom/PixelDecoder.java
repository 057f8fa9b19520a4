package io.hilum.imaging.dicom;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Decodes one frame of grey pixel data to stored values (PS3.5 section 8 and annex A.4). No state; any thread.
 *
 * <p>Native, RLE, JPEG baseline, JPEG lossless, JPEG-LS and JPEG 2000 are decoded; other transfer syntaxes are refused
 * by name. Where a
 * JPEG stream's precision differs from Bits Stored, the stream says what its values are (PS3.5 section 8.2).
 */
public final class PixelDecoder {

    private PixelDecoder() {}

    /**
     * @throws DicomException when the pixels are absent, cut, broken, in colour, of several frames, or in a transfer
     *     syntax that this version cannot decode
     */
    public static PixelImage decode(DicomFile file) throws DicomException {
        return decode(file.dataset(), file.syntax());
    }

    /**
     * What decoding a film holds at its peak beside the object, about: the decoded pixels, and what the decoder keeps of
     * them meanwhile.
     *
     * @return bytes; 0 where the header does not say how many pixels there are
     */
    public static long workingBytes(DicomHeader header) {
        long decoded = Math.max(0, header.pixels().expected());
        boolean wavelets = header.syntax() == TransferSyntax.JPEG_2000_LOSSLESS || header.syntax() == TransferSyntax.JPEG_2000;
        // A coefficient is an int, whatever the pixel.
        long pixels = (long) header.dataset().integer(Tag.ROWS, 0) * header.dataset().integer(Tag.COLUMNS, 0);
        return wavelets && decoded > 0 ? decoded + 4 * pixels : decoded;
    }

    /** As {@link #decode(DicomFile)}. */
    public static PixelImage decode(Attributes dataset, TransferSyntax syntax) throws DicomException {
        Element pixels = dataset.element(Tag.PIXEL_DATA).orElseThrow(
                () -> PixelLength.ABSENT.complaint(dataset).orElseThrow());
        PixelFormat format = PixelFormat.of(dataset);
        if (!syntax.isDecodable()) {
            throw new DicomException(DicomFault.UNSUPPORTED_TRANSFER_SYNTAX, "The pixels are compressed as " + syntax
                    + ", which this version cannot decode; send the object as " + TransferSyntax.EXPLICIT_LE + " or "
                    + TransferSyntax.JPEG_LOSSLESS_SV1);
        }
        if (pixels instanceof Element.Encapsulated compressed && syntax.isEncapsulated()) {
            return decompress(format, joined(compressed), syntax);
        }
        if (pixels instanceof Element.Plain plain && !syntax.isEncapsulated()) {
            return decodeNative(dataset, format, plain.value());
        }
        throw new DicomException(DicomFault.MALFORMED,
                "The pixel data are " + (syntax.isEncapsulated() ? "not " : "") + "in fragments, against " + syntax);
    }

    private static PixelImage decodeNative(Attributes dataset, PixelFormat format, byte[] value) throws DicomException {
        var complaint = PixelLength.ofNative(dataset, value.length).complaint(dataset);
        if (complaint.isPresent()) {
            throw complaint.get();
        }
        return format.image(value.length == format.bytes() ? value : Arrays.copyOf(value, format.bytes()));
    }

    /** One frame: its fragments belong together whatever the offset table says. */
    private static byte[] joined(Element.Encapsulated pixels) throws DicomException {
        if (pixels.fragments().isEmpty()) {
            throw new DicomException(DicomFault.PIXEL_LENGTH, "The compressed pixel data have no fragment");
        }
        if (pixels.fragments().size() == 1) {
            return pixels.fragments().get(0);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pixels.fragments().forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static PixelImage decompress(PixelFormat format, byte[] stream, TransferSyntax syntax) throws DicomException {
        return switch (syntax) {
            case RLE -> format.image(RleDecoder.decode(stream, format.pixels(), format.bitsAllocated() / 8));
            case JPEG_BASELINE -> {
                byte[] grey = JpegBaselineDecoder.decode(stream, format.columns(), format.rows());
                yield format.withPrecision(8).image(format.bitsAllocated() == 8 ? grey : widened(grey));
            }
            case JPEG_LOSSLESS, JPEG_LOSSLESS_SV1 -> {
                JpegLosslessDecoder decoder = new JpegLosslessDecoder(stream, format.columns(), format.rows());
                PixelFormat actual = format.withPrecision(decoder.precision());
                yield actual.image(decoder.decode(format.bitsAllocated() / 8));
            }
            case JPEG_LS_LOSSLESS, JPEG_LS_NEAR -> {
                JpegLsDecoder decoder = new JpegLsDecoder(stream, format);
                PixelFormat actual = format.withPrecision(decoder.precision());
                yield actual.image(decoder.decode(format.bitsAllocated() / 8));
            }
            case JPEG_2000_LOSSLESS, JPEG_2000 -> {
                Jpeg2000Decoder decoder = new Jpeg2000Decoder(stream, format);
                PixelFormat actual = format.withPrecision(decoder.precision());
                yield (decoder.isSigned() ? actual.withSign() : actual).image(decoder.decode(format.bitsAllocated() / 8));
            }
            case IMPLICIT_LE, EXPLICIT_LE, DEFLATED_LE, EXPLICIT_BE, JPEG_EXTENDED, HTJ2K_LOSSLESS, HTJ2K_LOSSLESS_RPCL, HTJ2K ->
                throw new IllegalStateException(syntax + " was refused or decoded before");
        };
    }

    private static byte[] widened(byte[] bytes) {
        byte[] words = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            words[2 * i] = bytes[i];
        }
        return words;
    }
}
