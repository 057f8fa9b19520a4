package io.hilum.imaging.canvas;

import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** PNG of 8-bit grey, not interlaced: the only form a canvas has (ISO/IEC 15948). No state; any thread. */
final class GreyPng {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] FORMAT = {8, 0, 0, 0, 0};
    private static final int HEADER = 13;
    private static final int LEVEL = 3;
    private static final long MAX_PIXELS = 64L << 20;
    /** Deflate cannot pack tighter, so a smaller stream cannot hold what its header claims. */
    private static final long MOST_DEFLATION = 1100;

    private GreyPng() {}

    static boolean isPng(byte[] bytes) {
        return bytes.length > SIGNATURE.length && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    static byte[] encode(Canvas canvas) {
        byte[] rows = PngFilter.apply(canvas.pixels(), canvas.width(), canvas.height());
        ByteArrayOutputStream packed = new ByteArrayOutputStream(rows.length / 2);
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setStrategy(Deflater.FILTERED);
            deflater.setInput(rows);
            deflater.finish();
            byte[] buffer = new byte[64 << 10];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
        } finally {
            deflater.end();
        }
        byte[] header = ByteBuffer.allocate(HEADER).putInt(canvas.width()).putInt(canvas.height()).put(FORMAT).array();
        ByteArrayOutputStream png = new ByteArrayOutputStream(packed.size() + 64);
        png.writeBytes(SIGNATURE);
        chunk(png, "IHDR", header);
        chunk(png, "IDAT", packed.toByteArray());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(name);
        png.writeBytes(content);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    static Canvas decode(byte[] png) throws DicomException {
        if (!isPng(png)) {
            throw bad("it has no PNG signature");
        }
        ByteBuffer in = ByteBuffer.wrap(png).position(SIGNATURE.length);
        ByteBuffer header = null;
        ByteArrayOutputStream packed = new ByteArrayOutputStream(png.length);
        for (boolean ended = false; !ended; ) {
            if (in.remaining() < 12 || in.getInt(in.position()) < 0 || in.getInt(in.position()) > in.remaining() - 12) {
                throw bad("it ends within a chunk");
            }
            byte[] content = new byte[in.getInt()];
            byte[] name = new byte[4];
            in.get(name).get(content);
            in.getInt();
            switch (new String(name, StandardCharsets.ISO_8859_1)) {
                case "IHDR" -> header = ByteBuffer.wrap(content);
                case "IDAT" -> packed.writeBytes(content);
                case "IEND" -> ended = true;
                default -> { }
            }
        }
        if (header == null || header.remaining() != HEADER || !Arrays.equals(header.array(), 8, HEADER, FORMAT, 0, 5)) {
            throw bad("it is not 8-bit grey without interlacing");
        }
        return unpack(header.getInt(0), header.getInt(4), packed.toByteArray());
    }

    private static Canvas unpack(int width, int height, byte[] packed) throws DicomException {
        long bytes = (width + 1L) * height;
        if (width < 1 || height < 1 || bytes > MAX_PIXELS || bytes > packed.length * MOST_DEFLATION + MOST_DEFLATION) {
            throw bad("it claims " + width + " x " + height + " pixels, which " + packed.length + " bytes cannot hold");
        }
        byte[] rows = new byte[(int) bytes];
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int filled = 0;
            while (filled < rows.length) {
                int read = inflater.inflate(rows, filled, rows.length - filled);
                if (read == 0) {
                    throw bad("its pixels end after " + filled + " of " + rows.length + " bytes");
                }
                filled += read;
            }
        } catch (DataFormatException e) {
            throw bad("its compressed pixels are broken (" + e.getMessage() + ")");
        } finally {
            inflater.end();
        }
        return new Canvas(width, height, PngFilter.undo(rows, width, height));
    }

    private static DicomException bad(String what) {
        return new DicomException(DicomFault.PIXEL_STREAM, "This PNG is no canvas: " + what);
    }
}
