package io.hilum.imaging.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What the header of a Part 10 file says of the data set after it, PS3.10 section 7.1.
 *
 * @param sopClassUid Media Storage SOP Class UID
 * @param sopInstanceUid Media Storage SOP Instance UID
 * @param transferSyntaxUid encoding of the data set
 */
public record FileMeta(String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {

    static final int PREAMBLE = 128;

    public FileMeta {
        Objects.requireNonNull(sopClassUid);
        Objects.requireNonNull(sopInstanceUid);
        Objects.requireNonNull(transferSyntaxUid);
    }

    /**
     * Preamble, prefix and group 0002. It depends on nothing but the three UIDs, so that an object has the same
     * bytes, and the same digest, whichever way it came.
     */
    public byte[] header() {
        ByteArrayOutputStream group = new ByteArrayOutputStream();
        element(group, 0x0001, "OB", new byte[] {0, 1});
        element(group, 0x0002, "UI", uid(sopClassUid));
        element(group, 0x0003, "UI", uid(sopInstanceUid));
        element(group, 0x0010, "UI", uid(transferSyntaxUid));
        element(group, 0x0012, "UI", uid(Implementation.CLASS_UID));
        element(group, 0x0013, "SH", even(Implementation.VERSION_NAME, ' '));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[PREAMBLE]);
        file.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
        element(file, 0x0000, "UL", ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(group.size()).array());
        file.writeBytes(group.toByteArray());
        return file.toByteArray();
    }

    private static void element(ByteArrayOutputStream out, int element, String vr, byte[] value) {
        boolean wide = vr.equals("OB");
        ByteBuffer head = ByteBuffer.allocate(wide ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
        head.putShort((short) 2).putShort((short) element);
        head.put(vr.getBytes(StandardCharsets.US_ASCII));
        if (wide) {
            head.putShort((short) 0).putInt(value.length);
        } else {
            head.putShort((short) value.length);
        }
        out.writeBytes(head.array());
        out.writeBytes(value);
    }

    private static byte[] uid(String uid) {
        return even(uid, '\0');
    }

    private static byte[] even(String text, char padding) {
        return (text.length() % 2 == 0 ? text : text + padding).getBytes(StandardCharsets.US_ASCII);
    }
}
