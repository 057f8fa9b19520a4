package io.hilum.ingest.stow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a multipart/related body part by part, each as a stream (RFC 2046 section 5.1, RFC 2387).
 *
 * <p>Nothing is gathered in memory but a window of the boundary's length. Threading: one thread.
 */
final class MultipartRelated {

    private static final int MAX_HEADERS = 16 << 10;
    private static final int BUFFER = 64 << 10;

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer;
    private int start;
    private int end;
    private boolean bodyEnded;
    private PartInput current;

    /** @param boundary without the leading dashes */
    MultipartRelated(InputStream in, String boundary) {
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.buffer = new byte[BUFFER + delimiter.length];
        // The first delimiter may stand at the very beginning: a line break in front makes it like the others.
        buffer[0] = '\r';
        buffer[1] = '\n';
        this.end = 2;
    }

    /** @param headers names in lower case */
    record Part(Map<String, String> headers, InputStream content) {}

    /**
     * The next part; what is left of the one before is skipped.
     *
     * @return null after the last
     * @throws IOException when the body ends without its closing boundary: the sender broke off
     */
    Part next() throws IOException {
        if (current == null) {
            current = new PartInput();
        }
        current.skipToEnd();
        if (isLast()) {
            return null;
        }
        Map<String, String> headers = headers();
        current = new PartInput();
        return new Part(headers, current);
    }

    /** Behind a delimiter: "--" closes the body, otherwise white space and a line break follow. */
    private boolean isLast() throws IOException {
        int one = octet();
        int two = octet();
        if (one == '-' && two == '-') {
            return true;
        }
        while (!(one == '\r' && two == '\n')) {
            if (one != ' ' && one != '\t') {
                throw new IOException("The multipart boundary is followed by something else than a line break.");
            }
            one = two;
            two = octet();
        }
        return false;
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        int total = 0;
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int octet = octet(); octet != '\n'; octet = octet()) {
                line.write(octet);
                if (++total > MAX_HEADERS) {
                    throw new IOException("The headers of a part are longer than " + MAX_HEADERS + " bytes.");
                }
            }
            String text = line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            if (text.isEmpty()) {
                return headers;
            }
            int colon = text.indexOf(':');
            if (colon > 0) {
                headers.put(text.substring(0, colon).trim().toLowerCase(Locale.ROOT), text.substring(colon + 1).trim());
            }
        }
    }

    private int octet() throws IOException {
        if (start == end && !fill()) {
            throw brokenOff();
        }
        return buffer[start++] & 0xFF;
    }

    /** Moves what is left to the front and reads on. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (bodyEnded || end == buffer.length) {
            return false;
        }
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) {
            bodyEnded = true;
            return false;
        }
        end += count;
        return count > 0 || fill();
    }

    private static IOException brokenOff() {
        return new IOException("The request ended before its closing boundary.");
    }

    /** The content up to the next delimiter. */
    private final class PartInput extends InputStream {

        private boolean ended;
        private int safe;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (ended || length == 0) {
                return ended ? -1 : 0;
            }
            if (safe == 0 && !look()) {
                return -1;
            }
            int count = Math.min(length, safe);
            System.arraycopy(buffer, start, target, offset, count);
            start += count;
            safe -= count;
            return count;
        }

        /** Finds how many bytes certainly belong to the content; false at the delimiter, which is consumed. */
        private boolean look() throws IOException {
            while (true) {
                int at = find();
                if (at == start) {
                    start += delimiter.length;
                    ended = true;
                    return false;
                }
                // Without a delimiter in sight the last bytes may be the beginning of one.
                safe = at > start ? at - start : Math.max(0, end - start - delimiter.length + 1);
                if (safe > 0) {
                    return true;
                }
                if (!fill()) {
                    throw brokenOff();
                }
            }
        }

        private int find() {
            outer:
            for (int at = start; at <= end - delimiter.length; at++) {
                for (int i = 0; i < delimiter.length; i++) {
                    if (buffer[at + i] != delimiter[i]) {
                        continue outer;
                    }
                }
                return at;
            }
            return -1;
        }

        void skipToEnd() throws IOException {
            while (!ended) {
                if (safe == 0 && !look()) {
                    return;
                }
                start += safe;
                safe = 0;
            }
        }
    }
}
