package io.hilum.ingest.journal;

/**
 * How far a reader has come, in each of two lanes: urgent entries are handed out first, however many others wait.
 *
 * <p>Threading: the reader's own.
 */
public final class JournalCursor {

    long routine;
    long urgent;
}
