package io.hilum.ingest.door;

/**
 * Text of strangers, cut before it goes into sentences, lists, logs and events: a header's value may be 60 MB long
 * and hold anything.
 */
public final class Excerpt {

    /** Characters of a value that is quoted; also the longest UID (PS3.5 section 9.1). */
    public static final int VALUE = 64;
    /** Characters of a sentence. */
    public static final int SENTENCE = 1024;

    private Excerpt() {}

    /** The beginning of a value, without control characters. */
    public static String ofValue(String value) {
        return cut(value, VALUE);
    }

    /** A sentence; an ellipsis says where it was cut. */
    public static String ofSentence(String sentence) {
        return cut(sentence, SENTENCE);
    }

    private static String cut(String text, int longest) {
        String kept = text.length() <= longest ? text : text.substring(0, longest - 1) + "\u2026";
        return kept.replaceAll("\\p{Cntrl}", " ");
    }
}
