package io.hilum.ingest.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One line of the journal: checksum, kind, content. Readable with plain tools:
 *
 * <pre>
 * 1f2e3d4c R {"sequence":17,"key":"...","sha256":"..."}
 * 9a8b7c6d P 17
 * </pre>
 *
 * @param content JSON of a {@link ReceivedEntry}, a sequence number, or an object key
 */
record JournalLine(Kind kind, String content) {

    /** What a line says; the letter stands in the file. */
    enum Kind {
        /** An object was stored. */
        RECEIVED('R'),
        /** Its events were acknowledged by the broker. */
        PUBLISHED('P'),
        /** It cannot be rendered; the administrator was told. */
        QUARANTINED('Q'),
        /** An object that was announced before the journal was compacted. */
        KNOWN('K');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        private static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            return null;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHECKSUM = 8;
    private static final int HEAD = CHECKSUM + 3;

    static JournalLine received(ReceivedEntry entry) {
        try {
            return new JournalLine(Kind.RECEIVED, JSON.writeValueAsString(entry));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    ReceivedEntry entry() throws IOException {
        return JSON.readValue(content, ReceivedEntry.class);
    }

    byte[] encode() {
        String body = kind.letter + " " + content;
        return (checksum(body) + " " + body + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @return empty when the line is torn or changed */
    static Optional<JournalLine> decode(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.length() < HEAD || text.charAt(CHECKSUM) != ' ' || text.charAt(CHECKSUM + 2) != ' ') {
            return Optional.empty();
        }
        String body = text.substring(CHECKSUM + 1);
        Kind kind = Kind.of(body.charAt(0));
        return kind != null && checksum(body).equals(text.substring(0, CHECKSUM))
                ? Optional.of(new JournalLine(kind, body.substring(2)))
                : Optional.empty();
    }

    private static String checksum(String body) {
        CRC32C crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(crc.getValue());
    }
}
