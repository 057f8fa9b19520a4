package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG or JPEG as grey values. Colours become their luma (ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B), alpha is
 * dropped, 16 bits are scaled to 8.
 *
 * @param grey columns x rows values
 */
record GreyPicture(int columns, int rows, byte[] grey) {

    static GreyPicture read(byte[] bytes, long maxPixels) throws DicomException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = ImageIO.getImageReadersByFormatName(format(bytes)).next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > maxPixels) {
                    throw new DicomException(DicomFault.TOO_LARGE, "The picture has " + pixels
                            + " pixels, over the limit of " + maxPixels);
                }
                List<String> warnings = new ArrayList<>();
                reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
                BufferedImage image = reader.read(0);
                if (warnings.stream().anyMatch(warning -> warning.contains("premature end"))) {
                    throw new DicomException(DicomFault.PIXEL_STREAM, "The picture is cut: its last rows are missing");
                }
                return of(image);
            } finally {
                reader.dispose();
            }
        } catch (DicomException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The JDK's readers throw unchecked exceptions for some broken pictures.
            throw new DicomException(DicomFault.PIXEL_STREAM, "The picture cannot be read: " + e.getMessage(), -1, e);
        }
    }

    /** By the first bytes: other libraries bring readers of other formats, which shall see nothing from outside. */
    private static String format(byte[] bytes) throws DicomException {
        int start = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        return switch (start) {
            case 0x8950 -> "png";
            case 0xFFD8 -> "jpeg";
            default -> throw new DicomException(DicomFault.PIXEL_STREAM, "The picture is neither PNG nor JPEG");
        };
    }

    private static GreyPicture of(BufferedImage image) {
        int columns = image.getWidth();
        int rows = image.getHeight();
        byte[] grey = new byte[columns * rows];
        Raster raster = image.getRaster();
        // Asking a grey image for its RGB would bend its values by the colour model's gamma.
        boolean isGrey = raster.getNumBands() <= 2 && !(image.getColorModel() instanceof IndexColorModel);
        int highest = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        int[] line = new int[columns];
        for (int y = 0; y < rows; y++) {
            if (isGrey) {
                raster.getSamples(0, y, columns, 1, 0, line);
            } else {
                image.getRGB(0, y, columns, 1, line, 0, columns);
            }
            for (int x = 0; x < columns; x++) {
                grey[y * columns + x] = (byte) (isGrey ? (line[x] * 255 + highest / 2) / highest : luma(line[x]));
            }
        }
        return new GreyPicture(columns, rows, grey);
    }

    /** The three weights in 16-bit fixed point, as Pillow has them. */
    private static int luma(int rgb) {
        return (rgb >> 16 & 0xFF) * 19595 + (rgb >> 8 & 0xFF) * 38470 + (rgb & 0xFF) * 7471 + 0x8000 >> 16;
    }
}
