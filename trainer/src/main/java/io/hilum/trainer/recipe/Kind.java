package io.hilum.trainer.recipe;

import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

/**
 * What the value of a key may be. No state; any thread.
 *
 * @param allowed in words that go on "must be"
 * @param reader gives the value of a text, or null when it is not allowed
 */
record Kind(String allowed, Reader reader) {
    /** From text to value; null when it is not allowed. */
    interface Reader {
        Object read(String text);
    }

    static final Kind TEXT = new Kind("a text", text -> text);
    static final Kind YES_NO = new Kind("true or false", text -> switch (text) {
        case "true" -> Boolean.TRUE;
        case "false" -> Boolean.FALSE;
        default -> null;
    });
    static final Kind NAMES = new Kind("a list of different names", text -> {
        List<String> names = List.of(text.split("\\s*,\\s*"));
        return names.stream().noneMatch(String::isBlank) && names.stream().distinct().count() == names.size() ? names : null;
    });

    /** A number for which the sentence holds. */
    static Kind number(String allowed, DoublePredicate holds) {
        return new Kind(allowed, text -> {
            try {
                double value = Double.parseDouble(text);
                return Double.isFinite(value) && holds.test(value) ? value : null;
            } catch (NumberFormatException e) {
                return null;
            }
        });
    }

    /** A whole number for which the sentence holds. */
    static Kind whole(String allowed, DoublePredicate holds) {
        return new Kind(allowed, text -> {
            try {
                long value = Long.parseLong(text);
                return holds.test(value) ? value : null;
            } catch (NumberFormatException e) {
                return null;
            }
        });
    }

    /** One of some words, in any case; the value is the word in lower case. */
    static Kind word(List<String> words) {
        return new Kind(words.size() == 1 ? words.get(0)
            : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1), text -> {
                String word = text.toLowerCase(Locale.ROOT);
                return words.contains(word) ? word : null;
            });
    }
}
