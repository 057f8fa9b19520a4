package io.hilum.ingest.publish;

import io.hilum.ingest.journal.ReceivedEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Entries whose object could not be read, with those behind them in the same study, until their turn comes again. They
 * hold no place in the window, so that they stop nobody but their own study.
 *
 * <p>Threading: free to share.
 */
final class Postponed {

    private final Backoff backoff;
    private final Map<String, Study> studies = new HashMap<>();
    private int size;

    Postponed(Backoff backoff) {
        this.backoff = backoff;
    }

    /** A study that waits, or tries again: its entries by sequence. */
    private static final class Study {

        private final TreeMap<Long, ReceivedEntry> entries = new TreeMap<>();
        private int tries;
        private long due;
    }

    /** An entry failed; its study waits. */
    synchronized void add(ReceivedEntry entry) {
        Study study = studies.computeIfAbsent(entry.studyUid(), uid -> new Study());
        if (study.entries.isEmpty()) {
            study.due = System.nanoTime() + backoff.millis(study.tries++) * 1_000_000;
        }
        if (study.entries.put(entry.sequence(), entry) == null) {
            size++;
        }
    }

    /** Puts an entry behind its study's. @return false where the study does not wait: go on with it */
    synchronized boolean addBehind(ReceivedEntry entry) {
        if (!holds(entry.studyUid())) {
            return false;
        }
        add(entry);
        return true;
    }

    /** Whether entries of the study wait here. */
    synchronized boolean holds(String studyUid) {
        Study study = studies.get(studyUid);
        return study != null && !study.entries.isEmpty();
    }

    /** Takes out what is to be tried again, each study in its order. */
    synchronized List<ReceivedEntry> due() {
        long now = System.nanoTime();
        List<ReceivedEntry> due = new ArrayList<>();
        for (Study study : studies.values()) {
            if (!study.entries.isEmpty() && study.due - now <= 0) {
                due.addAll(study.entries.values());
                size -= study.entries.size();
                study.entries.clear();
            }
        }
        return due;
    }

    /** An entry of the study was announced: its next failure is a first one. */
    synchronized void recovered(String studyUid) {
        Study study = studies.get(studyUid);
        if (study != null && study.entries.isEmpty()) {
            studies.remove(studyUid);
        }
    }

    synchronized int size() {
        return size;
    }
}
