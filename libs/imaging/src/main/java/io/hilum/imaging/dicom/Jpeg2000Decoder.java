package io.hilum.imaging.dicom;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReader;
import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import jj2000.j2k.util.FacilityManager;
import jj2000.j2k.util.MsgLogger;

/**
 * JPEG 2000 of one component (ITU-T T.800) by jai-imageio's decoder, which is JJ2000. The library sees only codestreams
 * that {@link Jpeg2000Codestream} let pass, and whatever it throws becomes a sentence. One thread only.
 */
final class Jpeg2000Decoder {

    /** The library's own logger writes to standard output, and a reader as logger would be held for ever. */
    private static final MsgLogger SILENT = new MsgLogger() {
        @Override
        public void printmsg(int severity, String message) { }

        @Override
        public void println(String text, int firstIndent, int indent) { }

        @Override
        public void flush() { }
    };

    private final Jpeg2000Codestream codestream;

    /** @throws DicomException when the stream is no codestream of one component, not whole or not of this size */
    Jpeg2000Decoder(byte[] stream, PixelFormat format) throws DicomException {
        this.codestream = Jpeg2000Codestream.parse(stream);
        MarkerReader.requireSize(
                Jpeg2000Header.PROCESS, codestream.header().columns(), codestream.header().rows(), format);
    }

    /** @return bits of a value, 1 to 16 */
    int precision() {
        return codestream.header().precision();
    }

    boolean isSigned() {
        return codestream.header().signed();
    }

    /**
     * @param bytesPerPixel 1 or 2, enough for the precision
     * @return little-endian containers, two's complement where the stream is signed
     */
    byte[] decode(int bytesPerPixel) throws DicomException {
        Raster raster = read();
        int columns = codestream.header().columns();
        int rows = codestream.header().rows();
        byte[] pixels = new byte[columns * rows * bytesPerPixel];
        int[] row = new int[columns];
        int out = 0;
        for (int y = 0; y < rows; y++) {
            raster.getSamples(0, y, columns, 1, 0, row);
            for (int value : row) {
                pixels[out++] = (byte) value;
                if (bytesPerPixel == 2) {
                    pixels[out++] = (byte) (value >> 8);
                }
            }
        }
        return pixels;
    }

    private Raster read() throws DicomException {
        J2KImageReader reader = new J2KImageReader(new J2KImageReaderSpi());
        FacilityManager.registerMsgLogger(null, SILENT);
        try {
            reader.setInput(new Jpeg2000Input(codestream.stream()), true, true);
            Raster raster = reader.readRaster(0, null);
            if (raster.getNumBands() != 1 || raster.getWidth() != codestream.header().columns()
                    || raster.getHeight() != codestream.header().rows()) {
                throw broken("it was decoded to " + raster.getNumBands() + " components of " + raster.getWidth() + " x "
                        + raster.getHeight() + " pixels", null);
            }
            return raster;
        } catch (DicomException e) {
            throw e;
        } catch (LinkageError incomplete) {
            // Says nothing about the film: a jar is missing.
            throw incomplete;
        } catch (OutOfMemoryError full) {
            throw new DicomException(DicomFault.TOO_LARGE,
                    "The JPEG 2000 stream needs more memory than there is for decoding it", -1, full);
        } catch (IOException | RuntimeException | Error fault) {
            // The library throws plain errors and unchecked exceptions for broken streams.
            throw broken("the decoder says " + said(fault), fault);
        }
    }

    /** The innermost cause: the library wraps it in sentences of its own. */
    private static String said(Throwable fault) {
        Throwable inner = fault;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String message = inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
        return "'" + message.lines().findFirst().orElse("nothing") + "'";
    }

    private static DicomException broken(String what, Throwable cause) {
        return new DicomException(DicomFault.PIXEL_STREAM, "The JPEG 2000 stream is broken: " + what
                + "; send the object again from its source", -1, cause);
    }
}
