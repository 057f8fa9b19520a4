package io.hilum.ingest.stow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartRelatedTest {

    private static final String HEAD = "Content-Type: application/dicom\r\nContent-ID: <1@x>\r\n\r\n";

    /** Content full of beginnings of the boundary. */
    private static byte[] nasty(int length, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] pieces = {"\r", "\n", "\r\n", "\r\n-", "\r\n--", "\r\n--b", "\r\n--bo", "--bou", "x", "\0"};
        while (out.size() < length) {
            out.writeBytes(pieces[random.nextInt(pieces.length)].getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    private static byte[] body(String preamble, byte[]... parts) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(preamble.getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < parts.length; i++) {
            body.writeBytes(((i == 0 && preamble.isEmpty() ? "" : "\r\n") + "--bound \t\r\n" + HEAD).getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(parts[i]);
        }
        body.writeBytes("\r\n--bound--\r\nepilogue".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    /** Hands out what a slow network hands out. */
    private static InputStream dripping(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
            }
        };
    }

    @Test
    void losesNoByteHoweverTheNetworkCutsIt() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            byte[] one = nasty(random.nextInt(3000), random);
            byte[] two = nasty(random.nextInt(50), random);
            byte[] body = body(random.nextBoolean() ? "" : "a preamble", one, two, new byte[0]);
            MultipartRelated parts = new MultipartRelated(dripping(body, random), "bound");
            MultipartRelated.Part first = parts.next();
            assertEquals("application/dicom", first.headers().get("content-type"));
            if (random.nextBoolean()) {
                assertArrayEquals(one, first.content().readAllBytes());
            } else {
                first.content().read();
            }
            assertArrayEquals(two, parts.next().content().readAllBytes());
            assertEquals(0, parts.next().content().readAllBytes().length);
            assertNull(parts.next());
        }
    }

    @Test
    void doesNotTakeABrokenOffRequestForAWholeOne() throws IOException {
        byte[] body = body("", new byte[100_000]);
        byte[] cut = java.util.Arrays.copyOf(body, 60_000);
        MultipartRelated parts = new MultipartRelated(new ByteArrayInputStream(cut), "bound");
        InputStream content = parts.next().content();
        assertThrows(IOException.class, content::readAllBytes);
        assertThrows(IOException.class, () -> new MultipartRelated(new ByteArrayInputStream(new byte[0]), "bound").next());
    }

    @Test
    void readsBoundariesQuotedAndNot() {
        assertEquals("a b", ContentType.parse("multipart/related; boundary=\"a b\"; type=\"application/dicom\"").parameter("boundary"));
        assertEquals("abc", ContentType.parse("multipart/related;type=application/dicom;BOUNDARY=abc").parameter("boundary"));
        assertEquals("", ContentType.parse(null).parameter("boundary"));
    }
}
