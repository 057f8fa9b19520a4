package io.hilum.benchmarks.chaos.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Checks a run's folder, offline. */
public final class Checker {

    private Checker() {}

    /**
     * @param folder with the files of {@link Records}
     * @param computed whether the scores are a function of the pixels
     * @throws IOException when a file is missing, or a line of it is not what it must be
     */
    public static Verdict check(Path folder, boolean computed) throws IOException {
        Verdict verdict = new Verdict();
        Set<String> versions = new HashSet<>();
        Records.read(folder.resolve(Records.RELEASED), Released.class,
                release -> versions.add(ContentCheck.versionOf(release.line(), release.version())));
        ContentCheck contents = new ContentCheck(versions, computed, verdict);

        Map<String, List<Sent>> sent = new TreeMap<>();
        LetterCheck letters = new LetterCheck(verdict);
        Records.read(folder.resolve(Records.SENT), Sent.class, record -> {
            sent.computeIfAbsent(record.study(), key -> new ArrayList<>()).add(record);
            letters.expect(record);
        });
        Map<String, StudyCheck> studies = new HashMap<>();
        sent.forEach((study, records) -> studies.put(study, new StudyCheck(study, records, contents, verdict)));

        // In the order of the file, which keeps that of each partition.
        Records.read(folder.resolve(Records.FINDINGS), Revision.class, revision -> {
            StudyCheck study = studies.get(revision.study());
            if (study == null) {
                verdict.add(Violation.UNKNOWN, "There are findings of study " + revision.study() + ", of which nothing was sent.");
            } else {
                study.next(revision);
            }
        });
        Records.read(folder.resolve(Records.LETTERS), Letter.class, letters::next);
        studies.values().forEach(StudyCheck::end);
        letters.end();
        return verdict;
    }
}
