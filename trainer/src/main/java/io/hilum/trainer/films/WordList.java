package io.hilum.trainer.films;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Text lists of films: words between white space, no header. No state; any thread. */
final class WordList {
    /** @param number from 1 */
    record Line(long number, String[] words) {}

    private WordList() {}

    /**
     * @param count words that every line must have; blank lines are passed over
     * @param what what the words are, for the message
     */
    static List<Line> read(Path file, int count, String what) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("There is no list " + file + ".");
        }
        List<String> text;
        try {
            text = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8 text.", e);
        }
        List<Line> out = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String[] words = text.get(i).strip().split("\\s+");
            if (words.length == 1 && words[0].isEmpty()) {
                continue;
            }
            if (words.length != count) {
                throw new IOException("%s, line %d: %d words instead of %d (%s).".formatted(file, i + 1, words.length, count, what));
            }
            out.add(new Line(i + 1, words));
        }
        return out;
    }
}
