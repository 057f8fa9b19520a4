package io.hilum.trainer.films;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PartsTest {
    /** 300 films of 100 patients; patient p has 1 to 5. */
    private static List<FilmRow> rows() {
        List<FilmRow> rows = new ArrayList<>();
        for (int p = 0; p < 100; p++) {
            for (int f = 0; f <= p % 5; f++) {
                rows.add(row(p + "-" + f, "patient " + p, ""));
            }
        }
        return rows;
    }

    private static FilmRow row(String image, String patient, String split) {
        return new FilmRow(Path.of("list.csv"), 2, image, new int[] {1}, patient, patient, -1, Sex.UNKNOWN, View.UNKNOWN, "", split, -1, -1);
    }

    private static Set<String> images(Parts parts, String part) {
        return parts.films().get(part).stream().map(FilmRow::image).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> patients(Parts parts, String part) {
        return parts.films().get(part).stream().map(FilmRow::patient).collect(Collectors.toSet());
    }

    @Test
    void dividesNoPatient() throws IOException {
        Parts parts = Parts.official(rows()).hold(0.15, 3);
        Set<String> both = new HashSet<>(patients(parts, "train"));
        both.retainAll(patients(parts, "valid"));
        assertEquals(Set.of(), both);
        assertEquals(300, parts.all().size());
        int held = parts.films().get("valid").size();
        assertTrue(held >= 45 && held < 50, held + " films");
    }

    @Test
    void dividesAlikeWhateverTheOrderOfRows() throws IOException {
        List<FilmRow> shuffled = rows();
        Collections.shuffle(shuffled, new Random(1));
        assertEquals(images(Parts.official(rows()).hold(0.2, 5), "valid"), images(Parts.official(shuffled).hold(0.2, 5), "valid"));
        assertEquals(images(Parts.official(rows()).fold(2, 5, 5), "valid"), images(Parts.official(shuffled).fold(2, 5, 5), "valid"));
        assertNotEquals(images(Parts.official(rows()).hold(0.2, 5), "valid"), images(Parts.official(rows()).hold(0.2, 6), "valid"));
    }

    @Test
    void measuresEveryFilmInJustOneFold() throws IOException {
        List<String> seen = new ArrayList<>();
        for (int fold = 1; fold <= 5; fold++) {
            Parts parts = Parts.official(rows()).fold(fold, 5, 0);
            Set<String> valid = images(parts, "valid");
            assertTrue(valid.size() >= 57 && valid.size() <= 63, "fold " + fold + " has " + valid.size());
            Set<String> both = new HashSet<>(patients(parts, "train"));
            both.retainAll(patients(parts, "valid"));
            assertEquals(Set.of(), both);
            seen.addAll(valid);
        }
        assertEquals(300, seen.size());
        assertEquals(300, new HashSet<>(seen).size());
    }

    @Test
    void touchesNoOfficialTestWhenItDividesTrain() throws IOException {
        List<FilmRow> rows = new ArrayList<>();
        rows().forEach(row -> rows.add(row(row.image(), row.patient(), row.patient().endsWith("7") ? "test" : "train")));
        Parts before = Parts.official(rows);
        Parts after = before.hold(0.1, 0);
        assertEquals(images(before, "test"), images(after, "test"));
        assertEquals(List.of("train", "valid", "test"), List.copyOf(after.films().keySet()));
    }

    @Test
    void noFilmVanishesForWantOfASplitWithoutANote() {
        List<FilmRow> rows = List.of(row("a", "1", "train"), row("b", "2", ""), row("c", "3", ""));
        String note = Parts.withoutSplit(rows).orElseThrow();
        assertTrue(note.startsWith("2 films") && note.contains("b (list.csv, line 2)"), note);
        assertTrue(Parts.withoutSplit(rows()).isEmpty());
    }

    @Test
    void replacesNoOfficialValidation() {
        List<FilmRow> rows = List.of(row("a", "1", "train"), row("b", "2", "train"), row("c", "3", "valid"));
        assertThrows(IOException.class, () -> Parts.official(rows).hold(0.5, 0));
        assertThrows(IllegalArgumentException.class, () -> Parts.official(rows()).fold(6, 5, 0));
        assertThrows(IllegalArgumentException.class, () -> Parts.official(rows()).hold(1, 0));
    }
}
