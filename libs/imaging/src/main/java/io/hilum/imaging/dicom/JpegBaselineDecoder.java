package io.hilum.imaging.dicom;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Grey 8-bit JPEG (process 1) by the JDK's decoder, which is the IJG library. */
final class JpegBaselineDecoder {

    private JpegBaselineDecoder() {}

    /** @return rows x columns grey values, no colour conversion */
    static byte[] decode(byte[] stream, int columns, int rows) throws DicomException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(stream))) {
            reader.setInput(in, true, true);
            if (reader.getWidth(0) != columns || reader.getHeight(0) != rows) {
                throw broken("it is " + reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels, the header says "
                        + columns + " x " + rows, null);
            }
            Raster raster = reader.readRaster(0, null);
            if (raster.getNumBands() != 1 || !(raster.getDataBuffer() instanceof DataBufferByte data)) {
                throw broken("it has " + raster.getNumBands() + " components where one must be", null);
            }
            refuseIfCut(warnings);
            return data.getData();
        } catch (DicomException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK's reader throws unchecked exceptions for some broken streams.
            throw broken(String.valueOf(e.getMessage()), e);
        } finally {
            reader.dispose();
        }
    }

    /**
     * The IJG library paints what is missing grey and only warns: a film with half a lung must not pass. A missing end
     * marker alone, and bytes too many before a marker, lose nothing.
     */
    private static void refuseIfCut(List<String> warnings) throws DicomException {
        for (String warning : warnings) {
            if (warning.contains("Corrupt JPEG") && !warning.contains("extraneous bytes before marker")) {
                throw broken(warning, null);
            }
        }
    }

    private static DicomException broken(String what, Exception cause) {
        return new DicomException(DicomFault.PIXEL_STREAM,
                "The JPEG stream is broken: " + what + "; send the object again from its source", -1, cause);
    }
}
