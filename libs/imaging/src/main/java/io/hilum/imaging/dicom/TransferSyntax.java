package io.hilum.imaging.dicom;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Transfer syntaxes (PS3.5 annex A, PS3.6 annex A): how a dataset is encoded and its pixels compressed.
 * All of them can be read as attributes; {@link #isDecodable()} tells whose pixels this version can decode.
 */
public enum TransferSyntax {
    IMPLICIT_LE("1.2.840.10008.1.2", "Implicit VR Little Endian", Dataset.IMPLICIT, Pixels.NATIVE),
    EXPLICIT_LE("1.2.840.10008.1.2.1", "Explicit VR Little Endian", Dataset.EXPLICIT, Pixels.NATIVE),
    DEFLATED_LE("1.2.840.10008.1.2.1.99", "Deflated Explicit VR Little Endian", Dataset.DEFLATED, Pixels.NATIVE),
    EXPLICIT_BE("1.2.840.10008.1.2.2", "Explicit VR Big Endian", Dataset.BIG_ENDIAN, Pixels.NATIVE),
    RLE("1.2.840.10008.1.2.5", "RLE Lossless", Dataset.EXPLICIT, Pixels.DECODABLE),
    JPEG_BASELINE("1.2.840.10008.1.2.4.50", "JPEG Baseline (Process 1)", Dataset.EXPLICIT, Pixels.DECODABLE),
    JPEG_EXTENDED("1.2.840.10008.1.2.4.51", "JPEG Extended (Process 2 and 4)", Dataset.EXPLICIT, Pixels.OPAQUE),
    JPEG_LOSSLESS("1.2.840.10008.1.2.4.57", "JPEG Lossless (Process 14)", Dataset.EXPLICIT, Pixels.DECODABLE),
    JPEG_LOSSLESS_SV1(
            "1.2.840.10008.1.2.4.70", "JPEG Lossless, First-Order (Process 14 SV1)", Dataset.EXPLICIT, Pixels.DECODABLE),
    JPEG_LS_LOSSLESS("1.2.840.10008.1.2.4.80", "JPEG-LS Lossless", Dataset.EXPLICIT, Pixels.DECODABLE),
    JPEG_LS_NEAR("1.2.840.10008.1.2.4.81", "JPEG-LS Near-lossless", Dataset.EXPLICIT, Pixels.DECODABLE),
    JPEG_2000_LOSSLESS("1.2.840.10008.1.2.4.90", "JPEG 2000 Lossless Only", Dataset.EXPLICIT, Pixels.DECODABLE),
    JPEG_2000("1.2.840.10008.1.2.4.91", "JPEG 2000", Dataset.EXPLICIT, Pixels.DECODABLE),
    HTJ2K_LOSSLESS("1.2.840.10008.1.2.4.201", "High-Throughput JPEG 2000 Lossless Only", Dataset.EXPLICIT, Pixels.OPAQUE),
    HTJ2K_LOSSLESS_RPCL(
            "1.2.840.10008.1.2.4.202", "High-Throughput JPEG 2000 with RPCL Lossless Only", Dataset.EXPLICIT, Pixels.OPAQUE),
    HTJ2K("1.2.840.10008.1.2.4.203", "High-Throughput JPEG 2000", Dataset.EXPLICIT, Pixels.OPAQUE);

    private enum Dataset { IMPLICIT, EXPLICIT, DEFLATED, BIG_ENDIAN }

    private enum Pixels { NATIVE, DECODABLE, OPAQUE }

    private static final Map<String, TransferSyntax> BY_UID = new HashMap<>();

    static {
        for (TransferSyntax syntax : values()) {
            BY_UID.put(syntax.uid, syntax);
        }
    }

    private final String uid;
    private final String title;
    private final Dataset dataset;
    private final Pixels pixels;

    TransferSyntax(String uid, String title, Dataset dataset, Pixels pixels) {
        this.uid = uid;
        this.title = title;
        this.dataset = dataset;
        this.pixels = pixels;
    }

    public static Optional<TransferSyntax> of(String uid) {
        return Optional.ofNullable(BY_UID.get(uid));
    }

    /** @throws DicomException {@link DicomFault#UNKNOWN_TRANSFER_SYNTAX} naming the UID */
    public static TransferSyntax require(String uid) throws DicomException {
        return of(uid).orElseThrow(() -> new DicomException(DicomFault.UNKNOWN_TRANSFER_SYNTAX,
                "The transfer syntax " + uid + " is not known here; send the object in another one, e.g. "
                        + EXPLICIT_LE));
    }

    public String uid() {
        return uid;
    }

    public boolean isExplicitVr() {
        return dataset != Dataset.IMPLICIT;
    }

    public boolean isBigEndian() {
        return dataset == Dataset.BIG_ENDIAN;
    }

    public boolean isDeflated() {
        return dataset == Dataset.DEFLATED;
    }

    /** Pixel data are compressed and come in fragments (PS3.5 annex A.4). */
    public boolean isEncapsulated() {
        return pixels != Pixels.NATIVE;
    }

    /** Whether {@link PixelDecoder} can decode its pixels. */
    public boolean isDecodable() {
        return pixels != Pixels.OPAQUE;
    }

    /** PS3.6 name and UID, for sentences. */
    @Override
    public String toString() {
        return title + " (" + uid + ")";
    }
}
