package io.hilum.inference.tensorrt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The first bytes of a plan file, which name the TensorRT version that wrote it: native code must never see a plan of
 * another version.
 *
 * <p>NVIDIA documents the form by its tool {@code trtexec --getPlanVersionOnly} only: the tag {@code ftrt}, the version of
 * the serialisation as a 32-bit word, and, in serialisation 0, major, minor, patch and build of TensorRT as the bytes 24
 * to 27.
 */
final class PlanHeader {

    private static final String TAG = "ftrt";
    private static final int BYTES = 28;
    private static final int SERIALISATION = 4;
    private static final int VERSION = 24;

    private PlanHeader() {}

    /**
     * @param tensorRt the version that the plan's key names, such as {@code 10.15.1}. Of a serialisation other than 0
     *     nothing is known but the tag, so there the key alone has to be right
     * @throws IOException when the file cannot be read, is no plan, or was written by another version; one sentence
     */
    static void requireBuiltBy(Path plan, String tensorRt) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(plan)) {
            head = in.readNBytes(BYTES);
        }
        if (head.length < BYTES || !new String(head, 0, TAG.length(), StandardCharsets.ISO_8859_1).equals(TAG)) {
            throw new IOException("The file " + plan + " is no TensorRT plan; build it again.");
        }
        if (ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(SERIALISATION) != 0) {
            return;
        }
        String written = (head[VERSION] & 0xff) + "." + (head[VERSION + 1] & 0xff) + "." + (head[VERSION + 2] & 0xff);
        if (!written.equals(tensorRt)) {
            throw new IOException("The plan " + plan + " was written by TensorRT " + written + " and not by " + tensorRt
                    + " as the bundle says; build it again.");
        }
    }
}
