package io.hilum.trainer.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmSetsTest {
    @TempDir
    Path dir;

    @Test
    void noTestFilmAndNoTestPatientIsTaughtOnTheRealTables() throws IOException {
        Path data = Path.of(System.getProperty("hilum.shared", "absent")).resolve("data");
        assumeTrue(Files.isDirectory(data), "SKIPPED: the data folder is absent (hilum.shared), so the real splits are not checked");
        var sets = new FilmSets(new Workplace(data.toAbsolutePath().normalize(), dir, Plan.TOY));
        List<FilmSets.Row> pretraining = sets.rows(FilmSets.PRETRAINING);
        assertEquals(1435, pretraining.size());
        assertEquals(1435, of(pretraining, FilmSets.Row::name).size(), "a film occurs twice");
        for (String test : List.of("covidx-test", "cxr14-test")) {
            apart(pretraining, sets.rows(test));
        }
        apart(sets.rows("covidx-train"), sets.rows("covidx-test"));
        apart(sets.rows("cxr14-train"), sets.rows("cxr14-test"));
        assertEquals(46, sets.rows("cxr14-test").stream().filter(row -> row.label() == 1).count(), "official val, not official test");
        assertEquals(92, sets.rows("cxr14-test").stream().filter(row -> row.label() == 0).count());
    }

    @Test
    void aPatientInTwoPartsStopsTheExperiment() throws IOException {
        var leaking = new FilmSets(new Workplace(MadeFilms.folder(dir.resolve("data"), true), dir.resolve("out"), Plan.TOY));
        IOException refused = assertThrows(IOException.class, leaking::make);
        assertTrue(refused.getMessage().contains("nih-000.png"), refused.getMessage());
    }

    @Test
    void validationSharesNoPatientWithTraining() throws IOException {
        var sets = new FilmSets(new Workplace(MadeFilms.folder(dir.resolve("data"), false), dir.resolve("out"), Plan.TOY));
        sets.make();
        for (Task task : Task.values()) {
            var parts = sets.parts(task);
            Set<Long> taught = new java.util.HashSet<>();
            for (int i = 0; i < parts.train().films(); i++) {
                taught.add(parts.train().cluster(i));
            }
            for (int i = 0; i < parts.held().films(); i++) {
                assertFalse(taught.contains(parts.held().cluster(i)), task + ", film " + i);
            }
            assertTrue(parts.held().films() >= 0.15 * (parts.train().films() + parts.held().films()));
        }
    }

    private static void apart(List<FilmSets.Row> taught, List<FilmSets.Row> tested) {
        for (Function<FilmSets.Row, String> key : List.<Function<FilmSets.Row, String>>of(FilmSets.Row::name, FilmSets.Row::cluster)) {
            Set<String> both = of(taught, key);
            both.retainAll(of(tested, key));
            assertEquals(Set.of(), both);
        }
    }

    private static Set<String> of(List<FilmSets.Row> rows, Function<FilmSets.Row, String> key) {
        return rows.stream().map(key).collect(Collectors.toSet());
    }
}
