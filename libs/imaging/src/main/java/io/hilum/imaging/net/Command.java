package io.hilum.imaging.net;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A command set: group 0000, always Implicit VR Little Endian, PS3.7 section 6.3.
 *
 * <p>Immutable once built; {@link Builder} makes it.
 */
final class Command {

    static final int AFFECTED_SOP_CLASS = 0x0002;
    static final int FIELD = 0x0100;
    static final int MESSAGE_ID = 0x0110;
    static final int MESSAGE_ID_RESPONDED_TO = 0x0120;
    static final int PRIORITY = 0x0700;
    static final int DATA_SET_TYPE = 0x0800;
    static final int STATUS = 0x0900;
    static final int ERROR_COMMENT = 0x0902;
    static final int AFFECTED_SOP_INSTANCE = 0x1000;

    static final int NO_DATA_SET = 0x0101;
    static final int DATA_SET_FOLLOWS = 0x0001;
    /** Longest Error Comment (VR LO). */
    static final int MAX_COMMENT = 64;

    private final Map<Integer, byte[]> elements;

    private Command(Map<Integer, byte[]> elements) {
        this.elements = elements;
    }

    /** @throws AssociationException when the bytes are no command set */
    static Command decode(byte[] bytes) throws AssociationException {
        Map<Integer, byte[]> elements = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (in.remaining() >= 8) {
            int group = in.getShort() & 0xFFFF;
            int element = in.getShort() & 0xFFFF;
            int length = in.getInt();
            if (group != 0 || length < 0 || length > in.remaining()) {
                throw AssociationException.protocol(AbortReason.INVALID_PDU_PARAMETER,
                        "The command set holds element (%04X,%04X) of %d bytes; only group 0000 within its length may stand there."
                                .formatted(group, element, length & 0xFFFFFFFFL));
            }
            byte[] value = new byte[length];
            in.get(value);
            elements.put(element, value);
        }
        Command command = new Command(elements);
        if (in.hasRemaining() || command.number(FIELD, -1) < 0) {
            throw AssociationException.protocol(AbortReason.INVALID_PDU_PARAMETER,
                    "The command set is cut off or has no command field.");
        }
        return command;
    }

    byte[] encode() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        elements.forEach((element, value) -> write(body, element, value));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        write(all, 0, ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(body.size()).array());
        all.writeBytes(body.toByteArray());
        return all.toByteArray();
    }

    CommandField field() {
        return CommandField.of(number(FIELD, -1));
    }

    boolean hasDataSet() {
        return number(DATA_SET_TYPE, NO_DATA_SET) != NO_DATA_SET;
    }

    /** An unsigned 16-bit value, or the default where the element is missing. */
    int number(int element, int missing) {
        byte[] value = elements.get(element);
        return value == null || value.length < 2 ? missing : (value[0] & 0xFF) | (value[1] & 0xFF) << 8;
    }

    /** Text without its padding; empty where the element is missing. */
    String text(int element) {
        byte[] value = elements.get(element);
        return value == null ? "" : new String(value, StandardCharsets.ISO_8859_1).replace('\0', ' ').trim();
    }

    /** The head of the response to this request: field with the response bit, message id, SOP class. */
    Builder response() {
        return new Builder()
                .number(FIELD, number(FIELD, 0) | 0x8000)
                .number(MESSAGE_ID_RESPONDED_TO, number(MESSAGE_ID, 0))
                .number(DATA_SET_TYPE, NO_DATA_SET)
                .uid(AFFECTED_SOP_CLASS, text(AFFECTED_SOP_CLASS));
    }

    private static void write(ByteArrayOutputStream out, int element, byte[] value) {
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0).putShort((short) element).putInt(value.length).array());
        out.writeBytes(value);
    }

    static final class Builder {

        private final Map<Integer, byte[]> elements = new TreeMap<>();

        Builder number(int element, int value) {
            elements.put(element, new byte[] {(byte) value, (byte) (value >> 8)});
            return this;
        }

        Builder uid(int element, String value) {
            if (!value.isEmpty()) {
                elements.put(element, even(value, '\0'));
            }
            return this;
        }

        /** ASCII only: the command set has no character set. Cut to {@link #MAX_COMMENT}. */
        Builder comment(String value) {
            String ascii = value.replaceAll("[^\\x20-\\x7E]|\\\\", "?");
            if (!ascii.isEmpty()) {
                elements.put(ERROR_COMMENT, even(ascii.substring(0, Math.min(MAX_COMMENT, ascii.length())), ' '));
            }
            return this;
        }

        Command build() {
            return new Command(new TreeMap<>(elements));
        }

        private static byte[] even(String value, char padding) {
            String padded = value.length() % 2 == 0 ? value : value + padding;
            return padded.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
