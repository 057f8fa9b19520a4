package io.hilum.imaging.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Splits a Part 10 file into its header and its data set, PS3.10 section 7.1.
 *
 * <p>The group length in the header is not believed: the header ends where group 0002 ends.
 */
public final class Part10Input {

    /** A header is some hundred bytes; private information (0002,0102) may stretch it. */
    private static final int MAX_HEADER = 1 << 20;

    private final FileMeta meta;
    private final InputStream dataSet;

    private Part10Input(FileMeta meta, InputStream dataSet) {
        this.meta = meta;
        this.dataSet = dataSet;
    }

    /**
     * Reads the header; the data set is left in the stream.
     *
     * @throws NotPart10Exception with a sentence when this is no DICOM file or its header is damaged
     */
    public static Part10Input read(InputStream file) throws IOException {
        byte[] start = file.readNBytes(FileMeta.PREAMBLE + 4);
        if (start.length == 0) {
            throw new NotPart10Exception("The file is empty.", true);
        }
        if (start.length < FileMeta.PREAMBLE + 4
                || !new String(start, FileMeta.PREAMBLE, 4, StandardCharsets.US_ASCII).equals("DICM")) {
            throw new NotPart10Exception("This is not a DICOM file: the prefix DICM after 128 bytes is missing.");
        }
        PushbackInputStream in = new PushbackInputStream(file, 8);
        String[] uids = new String[3];
        int total = 0;
        byte[] head = new byte[8];
        while (true) {
            int count = in.readNBytes(head, 0, 8);
            if (count < 8 || number(head, 0) != 2) {
                in.unread(head, 0, count);
                break;
            }
            int element = number(head, 2);
            long length = length(in, head);
            total += (int) Math.min(MAX_HEADER, length) + 8;
            if (length > MAX_HEADER || total > MAX_HEADER) {
                throw new NotPart10Exception("The file header is longer than " + MAX_HEADER + " bytes; the file is damaged.");
            }
            byte[] value = in.readNBytes((int) length);
            if (value.length < length) {
                throw new NotPart10Exception("The file ends inside its header.");
            }
            switch (element) {
                case 0x0002 -> uids[0] = text(value);
                case 0x0003 -> uids[1] = text(value);
                case 0x0010 -> uids[2] = text(value);
                default -> { }
            }
        }
        if (uids[2] == null || uids[2].isEmpty()) {
            throw new NotPart10Exception("The file header names no transfer syntax; the data set cannot be read.");
        }
        FileMeta meta = new FileMeta(uids[0] == null ? "" : uids[0], uids[1] == null ? "" : uids[1], uids[2]);
        return new Part10Input(meta, in);
    }

    public FileMeta meta() {
        return meta;
    }

    /** The data set's bytes in {@link FileMeta#transferSyntaxUid()}, to the end of the file. */
    public InputStream dataSet() {
        return dataSet;
    }

    private static long length(InputStream in, byte[] head) throws IOException {
        String vr = new String(head, 4, 2, StandardCharsets.US_ASCII);
        if (!vr.matches("OB|OW|UN|SQ|UT|UC|UR|OD|OF|OL|OV")) {
            return number(head, 6);
        }
        byte[] wide = in.readNBytes(4);
        if (wide.length < 4) {
            throw new NotPart10Exception("The file ends inside its header.");
        }
        return number(wide, 0) | (long) number(wide, 2) << 16;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.US_ASCII).replace('\0', ' ').trim();
    }
}
