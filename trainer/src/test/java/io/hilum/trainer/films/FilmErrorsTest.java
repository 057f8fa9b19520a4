package io.hilum.trainer.films;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.trainer.data.FilmCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a data set, one sentence names the file and the row, and no cache appears. */
class FilmErrorsTest {
    private static final String HEADER = "image,patient_id,split,group,Effusion";
    @TempDir
    Path folder;
    private SmallSets set;

    @BeforeEach
    void drawFilms() throws IOException {
        set = new SmallSets(folder);
        set.image("a.png", 1);
        set.image("b.png", 2);
        set.image("c.png", 3);
        set.image("twin-of-a.png", 1);
    }

    private void refused(List<String> rows, String... words) throws IOException {
        Path csv = set.text("list.csv", rows.toArray(String[]::new));
        String said = SmallSets.refusal("--csv", csv.toString(), "--label", "Effusion", "--out-dir", folder.resolve("out").toString());
        for (String word : words) {
            assertTrue(said.contains(word) && said.contains(csv.toString()), said);
        }
        assertFalse(Files.exists(folder.resolve("out/train.cache")), "a cache although there was an error");
    }

    @Test
    void takesNoUnknownLabelValueForAnything() throws IOException {
        refused(List.of(HEADER, "a.png,1,train,g,1", "b.png,2,train,g,maybe"), "line 3", "'maybe'", "Effusion");
        refused(List.of("image,patient_id,source,Effusion", "a.png,1,nih,1", "b.png,2,\"two\nlines\",1"), "line 3", "source");
    }

    @Test
    void takesNoMissingColumnForNegative() throws IOException {
        refused(List.of("image,patient_id,Efusion", "a.png,1,1"), "line 1", "'Effusion'");
        refused(List.of("a.png,1,train", "b.png,2,train"), "line 1", "no column 'image'");
        refused(List.of("a.png,1,1", "b.png,2,0"), "line 1", "no header");
    }

    @Test
    void leavesNoPatientInTwoSplits() throws IOException {
        refused(List.of(HEADER, "a.png,7,train,g,1", "b.png,8,train,g,0", "c.png,7,test,h,1"), "line 2", "line 4", "'7'", "train", "test");
        Path csv = folder.resolve("list.csv");
        assertTrue(SmallSets.refusal("--csv", csv.toString(), "--label", "Effusion", "--out", folder.resolve("x").toString()).contains("'7'"),
            "the list is wrong for one cache, too");
        assertTrue(SmallSets.refusal("--csv", csv.toString(), "--label", "Effusion", "--split", "test", "--out", folder.resolve("x").toString())
            .contains("'7'"), "and for one split alone");
    }

    @Test
    void leavesNoPatientInTwoSplitsThroughGroups() throws IOException {
        Path csv = set.text("list.csv", HEADER, "a.png,7,train,g,1", "b.png,8,train,g,0", "c.png,7,test,h,1");
        String said = SmallSets.refusal("--csv", csv.toString(), "--label", "Effusion", "--cluster", "group", "--out-dir", folder.toString());
        assertTrue(said.contains("Patient '7'"), said);
    }

    @Test
    void takesNoEmptyPatientForAPatient() throws IOException {
        refused(List.of(HEADER, "a.png,1,train,g,1", "b.png,,train,h,0"), "line 3", "b.png", "--cluster");
        SmallSets.succeeds("--csv", folder.resolve("list.csv").toString(), "--label", "Effusion", "--cluster", "group",
            "--out", folder.resolve("grouped").toString());
        FilmCache grouped = FilmCache.open(folder.resolve("grouped"));
        assertFalse(grouped.cluster(0) == grouped.cluster(1));
    }

    @Test
    void refusesBrokenQuotes() throws IOException {
        refused(List.of(HEADER, "a.png,1,train,g,1", "b.png,\"2,train,g,0"), "line 3", "quote");
    }

    @Test
    void countsNoFilmTwice() throws IOException {
        refused(List.of(HEADER, "a.png,1,train,g,1", "b.png,1,train,g,1", "a.png,1,train,g,1"), "line 4", "line 2", "a.png");
    }

    @Test
    void namesTheRowOfAnImageThatIsNotThere() throws IOException {
        refused(List.of(HEADER, "a.png,1,train,g,1", "x.png,1,train,g,1"), "line 3", "x.png");
    }

    @Test
    void namesTheRowOfAnImageThatCannotBeRead() throws IOException {
        byte[] png = Files.readAllBytes(folder.resolve("b.png"));
        Files.write(folder.resolve("cut.png"), java.util.Arrays.copyOf(png, png.length / 2));
        Files.writeString(folder.resolve("words.dcm"), "no film");
        refused(List.of(HEADER, "a.png,1,train,g,1", "cut.png,1,train,g,1", "words.dcm,2,train,g,0"), "line 3", "cut.png");
        refused(List.of(HEADER, "a.png,1,train,g,1", "words.dcm,2,train,g,0"), "line 3", "words.dcm");
    }

    @Test
    void forgetsNoFilmThatItSkips() throws IOException {
        Files.writeString(folder.resolve("words.dcm"), "no film");
        Path csv = set.text("list.csv", HEADER, "a.png,1,train,g,1", "words.dcm,2,train,g,0", "x.png,3,train,g,1", "b.png,4,train,g,0");
        Path out = folder.resolve("skipped.cache");
        SmallSets.succeeds("--csv", csv.toString(), "--label", "Effusion", "--out", out.toString(), "--skip-broken");
        FilmCache cache = FilmCache.open(out);
        assertEquals(2, cache.films());
        assertEquals("b.png", cache.name(1));
        Table left = Table.read(folder.resolve("skipped.cache.left-out.csv"));
        assertEquals(List.of("3", "4"), left.lines().stream().map(line -> line.fields()[1]).sorted().toList());
        assertFalse(Files.exists(folder.resolve("skipped.cache.work")), "the workspace must go when the cache is there");
    }

    @Test
    void letsNoPixelsBeTaughtAndMeasuredUnderAnotherName() throws IOException {
        List<String> rows = List.of(HEADER, "a.png,1,train,g,1", "b.png,2,train,g,0", "twin-of-a.png,3,test,h,1");
        refused(rows, "line 2", "line 4", "twin-of-a.png", "same pixels");
        SmallSets.succeeds("--csv", folder.resolve("list.csv").toString(), "--label", "Effusion", "--out-dir", folder.resolve("out").toString(),
            "--skip-shared");
        FilmCache train = FilmCache.open(folder.resolve("out/train.cache"));
        assertEquals(1, train.films());
        assertEquals("b.png", train.name(0), "the film that is measured stays where it is measured");
        assertEquals(1, FilmCache.open(folder.resolve("out/test.cache")).films());
        assertTrue(Files.readString(folder.resolve("out/films.left-out.csv")).contains("a.png"));
    }

    @Test
    void refusesUnknownSplitsAndImpossibleOptions() throws IOException {
        Path csv = set.text("list.csv", HEADER, "a.png,1,train,g,1", "b.png,2,train,g,0");
        String out = folder.resolve("out").toString();
        assertTrue(SmallSets.refusal("--csv", csv.toString(), "--label", "Effusion", "--split", "tset", "--out", out).contains("'tset'"));
        assertTrue(SmallSets.refusal("--csv", csv.toString(), "--label", "Effusion").contains("--out-dir"));
        assertTrue(SmallSets.refusal("--csv", csv.toString(), "--out", out).contains("--label"));
        assertTrue(SmallSets.refusal("--form", "cxr14", "--out", out).contains("--data"));
        assertTrue(SmallSets.refusal("--csv", csv.toString(), "--label", "Effusion", "--column", "pixels=x", "--out", out).contains("'pixels'"));
    }
}
