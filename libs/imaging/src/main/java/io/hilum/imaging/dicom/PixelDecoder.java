package io.hilum.imaging.dicom;

/** Decodes one frame of grey pixel data to stored values (PS3.5 section 8). No state; any thread. */
public final class PixelDecoder {

    private PixelDecoder() {}

    /**
     * @throws DicomException when the pixels are absent, cut, broken, in colour, of several frames, or in a transfer
     *     syntax that this version cannot decode
     */
    public static PixelImage decode(DicomFile file) throws DicomException {
        return decode(file.dataset(), file.syntax());
    }

    /** As {@link #decode(DicomFile)}. */
    public static PixelImage decode(Attributes dataset, TransferSyntax syntax) throws DicomException {
        throw new UnsupportedOperationException("not yet");
    }
}
