package io.hilum.ingest.publish;

import io.hilum.imaging.canvas.CanvasRenderer;
import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomFile;
import io.hilum.imaging.dicom.DicomLimits;
import io.hilum.imaging.dicom.DicomWriter;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.dicom.TransferSyntax;
import io.hilum.imaging.dicom.Vr;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Renders a blank film some times before the door opens. The first film of a cold JVM takes seconds to render;
 * it may be the urgent one.
 */
public final class WarmUp {

    private static final int SIDE = 1024;
    private static final int ROUNDS = 8;
    private static final int BYTES_A_PIXEL = 2;

    private WarmUp() {}

    /** @return nanoseconds that it took */
    public static long run(CanvasRenderer renderer) throws IOException {
        long start = System.nanoTime();
        byte[] film = film();
        for (int round = 0; round < ROUNDS; round++) {
            var canvas = renderer.render(DicomFile.read(new ByteArrayInputStream(film), DicomLimits.DEFAULT)).canvas();
            canvas.toPng();
            canvas.pixelSha256();
        }
        return System.nanoTime() - start;
    }

    /** A slanting grey wedge, 12 bits stored: it goes the whole way through rescale, window, inversion and scaling. */
    private static byte[] film() {
        byte[] pixels = new byte[SIDE * SIDE * BYTES_A_PIXEL];
        for (int i = 0; i < SIDE * SIDE; i++) {
            int value = (i % SIDE + i / SIDE) & 0xFFF;
            pixels[2 * i] = (byte) value;
            pixels[2 * i + 1] = (byte) (value >> 8);
        }
        Attributes film = new Attributes();
        film.putString(Tag.SOP_CLASS_UID, "1.2.840.10008.5.1.4.1.1.1.1");
        film.putString(Tag.SOP_INSTANCE_UID, "2.25.1");
        film.putInt(Tag.SAMPLES_PER_PIXEL, 1);
        film.putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME1");
        film.putInt(Tag.ROWS, SIDE);
        film.putInt(Tag.COLUMNS, SIDE);
        film.putInt(Tag.BITS_ALLOCATED, 16);
        film.putInt(Tag.BITS_STORED, 12);
        film.putInt(Tag.HIGH_BIT, 11);
        film.putInt(Tag.PIXEL_REPRESENTATION, 0);
        film.putDouble(Tag.WINDOW_CENTER, 1000);
        film.putDouble(Tag.WINDOW_WIDTH, 2000);
        film.putBytes(Tag.PIXEL_DATA, Vr.OW, pixels);
        return DicomWriter.toBytes(film, TransferSyntax.EXPLICIT_LE);
    }
}
