package io.hilum.imaging.dicom;

import com.github.jaiimageio.jpeg2000.J2KImageWriteParam;
import com.github.jaiimageio.jpeg2000.impl.J2KImageWriter;
import com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEG 2000 codestreams of the small film, by the library's own encoder, to be cut, patched and damaged. */
final class TestJpeg2000 {

    private static final int COD = 0x52;
    private static final int SOT = 0x90;

    private TestJpeg2000() {}

    /** Reversible, three decompositions, in tiles of a width and height of {@code tile}. @param bits 8 or 16 */
    static byte[] encode(int[] pixels, int bits, int tile) {
        BufferedImage image = new BufferedImage(TestFilms.COLUMNS, TestFilms.ROWS,
                bits == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSamples(0, 0, TestFilms.COLUMNS, TestFilms.ROWS, 0, pixels);
        J2KImageWriter writer = new J2KImageWriter(new J2KImageWriterSpi());
        J2KImageWriteParam how = (J2KImageWriteParam) writer.getDefaultWriteParam();
        how.setWriteCodeStreamOnly(true);
        how.setLossless(true);
        how.setEncodingRate(Double.MAX_VALUE);
        how.setNumDecompositionLevels(3);
        how.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
        how.setTiling(tile, tile, 0, 0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @return index of the first byte behind a marker */
    static int behind(byte[] stream, int marker) {
        for (int i = 2; i + 1 < stream.length; i++) {
            if (stream[i] == (byte) 0xFF && stream[i + 1] == (byte) marker) {
                return i + 2;
            }
        }
        throw new IllegalArgumentException("the stream has no marker FF" + Integer.toHexString(marker));
    }

    static int codingStyle(byte[] stream) {
        return behind(stream, COD);
    }

    static int firstTilePart(byte[] stream) {
        return behind(stream, SOT);
    }

    /** @return the stream with a segment before its first tile-part */
    static byte[] withSegment(byte[] stream, int marker, int... content) {
        int at = firstTilePart(stream) - 2;
        ByteBuffer longer = ByteBuffer.allocate(stream.length + 4 + content.length);
        longer.put(stream, 0, at).put((byte) 0xFF).put((byte) marker).putShort((short) (content.length + 2));
        Arrays.stream(content).forEach(value -> longer.put((byte) value));
        return longer.put(stream, at, stream.length - at).array();
    }

    /** @return the stream with precincts of its own in place of the greatest; as logarithms, the least resolution first */
    static byte[] withPrecincts(byte[] stream, int... precincts) {
        int cod = codingStyle(stream);
        int end = cod + 12;
        byte[] style = patched(Arrays.copyOf(stream, end), cod, 0, 12 + precincts.length, stream[cod + 2] | 1);
        ByteBuffer longer = ByteBuffer.allocate(stream.length + precincts.length).put(style);
        Arrays.stream(precincts).forEach(value -> longer.put((byte) value));
        return longer.put(stream, end, stream.length - end).array();
    }

    static byte[] patched(byte[] stream, int at, int... values) {
        byte[] patched = stream.clone();
        for (int i = 0; i < values.length; i++) {
            patched[at + i] = (byte) values[i];
        }
        return patched;
    }
}
