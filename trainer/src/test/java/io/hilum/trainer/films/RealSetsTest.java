package io.hilum.trainer.films;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.Overlap;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real small sets, counted against what their own README says. They lie beside the repository; skipped, aloud, without. */
class RealSetsTest {
    @TempDir
    Path folder;

    private static Path set(String name) {
        Path set = Path.of(System.getProperty("hilum.shared", "../shared"), "data", name);
        Assumptions.assumeTrue(Files.isDirectory(set), "SKIPPED: the real films are not at " + set + " (-Dhilum.shared=DIR)");
        return set;
    }

    private static long count(List<FilmRow> rows, int label) {
        return rows.stream().filter(row -> row.labels()[label] == 1).count();
    }

    @Test
    void countsOfCxr14MiniAreThoseOfItsReadme() throws IOException {
        DataSet mini = PlainCsv.cxr14Mini(set("cxr14-mini"), List.of()).read();
        Map<String, List<FilmRow>> parts = Parts.official(mini.rows()).films();
        assertEquals(Map.of("train", 709, "val", 138, "test", 122), parts.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, part -> part.getValue().size())));
        assertEquals(Map.of("train", 504L, "val", 86L, "test", 73L), parts.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, part -> part.getValue().stream().map(FilmRow::patient).distinct().count())));
        int[] train = {88, 7, 59, 126, 11, 15, 347, 4, 18, 52, 6, 7, 19, 0};
        int[] test = {21, 8, 27, 46, 6, 5, 122, 6, 12, 29, 3, 1, 8, 3};
        for (int l = 0; l < train.length; l++) {
            assertEquals(train[l], count(parts.get("train"), l) + count(parts.get("val"), l), mini.labels().get(l));
            assertEquals(test[l], count(parts.get("test"), l), mini.labels().get(l));
        }
        int pneumonia = mini.labels().indexOf("Pneumonia");
        assertEquals(301, count(parts.get("train"), pneumonia));
        assertEquals(46, count(parts.get("val"), pneumonia));
        assertEquals(List.of(), mini.notes());
    }

    @Test
    void countsOfCovidxMiniAreThoseOfItsReadme() throws IOException {
        DataSet mini = PlainCsv.covidxMini(set("covidx-mini")).read();
        Parts parts = Parts.official(mini.rows());
        Map<String, Long> sources = parts.films().entrySet().stream().flatMap(part -> part.getValue().stream()
            .map(row -> part.getKey() + " " + row.source() + " " + row.labels()[0])).collect(Collectors.groupingBy(k -> k, Collectors.counting()));
        assertEquals(Map.of("train cohen 1", 255L, "test cohen 1", 68L, "train covid-cxnet 1", 471L, "test covid-cxnet 1", 114L,
            "train nih 0", 847L, "test nih 0", 122L), sources);
        assertEquals(260, mini.rows().stream().filter(row -> row.patient().isEmpty()).count());
        assertEquals(752, mini.rows().stream().filter(row -> row.labels()[0] == 1 && row.width() != row.height()).count());
        Set<String> train = parts.films().get("train").stream().map(FilmRow::cluster).collect(Collectors.toSet());
        Set<String> test = parts.films().get("test").stream().map(FilmRow::cluster).collect(Collectors.toCollection(HashSet::new));
        test.retainAll(train);
        assertEquals(Set.of(), test, "groups in two splits");
        assertEquals(94, mini.rows().stream().filter(row -> row.view() == View.AP).count() - 749, "AP Supine is AP");
    }

    @Test
    void findsFilmsThatTwoRealSetsShare() throws IOException {
        Path nih = set("cxr14-mini");
        Path covid = set("covidx-mini");
        List<String> lines = Files.readAllLines(covid.resolve("labels.csv"));
        String film = lines.stream().filter(line -> line.contains("../cxr14-mini/images/")).findFirst().orElseThrow();
        String name = film.substring(film.lastIndexOf('/', film.indexOf(',')) + 1, film.indexOf(','));
        Path one = Files.write(folder.resolve("one.csv"), List.of("image,patient_id,Pneumonia", name + ",p,1"));
        Path other = Files.write(folder.resolve("other.csv"), List.of(lines.get(0), lines.get(1), film));
        SmallSets.succeeds("--csv", one.toString(), "--images", nih.resolve("images").toString(), "--label", "Pneumonia", "--out",
            folder.resolve("one.cache").toString());
        SmallSets.succeeds("--csv", other.toString(), "--images", covid.toString(), "--label", "COVID-19=label", "--cluster", "group", "--out",
            folder.resolve("other.cache").toString());
        FilmCache a = FilmCache.open(folder.resolve("one.cache"));
        FilmCache b = FilmCache.open(folder.resolve("other.cache"));
        String said = assertThrows(IOException.class, () -> Overlap.refuse(a, b)).getMessage();
        assertTrue(said.contains("same pixels") && said.contains(name), said);
        assertEquals(List.of("COVID-19"), b.labelNames());
        assertEquals(1, b.label(0, 0));
        assertEquals("cohen", b.source(0));
        assertEquals(2000, b.width(0));
    }

    @Test
    void readsRealDicomFilmsLikeTheirPictures() throws IOException {
        Path dicom = set("dicom");
        List<String> lines = Files.readAllLines(dicom.resolve("manifest.csv"));
        Path csv = Files.write(folder.resolve("manifest.csv"), List.of(lines.get(0), lines.get(1), lines.get(2)));
        SmallSets.succeeds("--csv", csv.toString(), "--images", dicom.toString(), "--label", "exact=lossless", "--column", "image=file",
            "--column", "age=patient_age", "--column", "sex=patient_sex", "--column", "source=modality", "--out", folder.resolve("films").toString());
        FilmCache films = FilmCache.open(folder.resolve("films"));
        assertEquals(29, films.age(0));
        assertEquals(View.AP, films.view(1));
        assertEquals(1024, films.width(0));
        byte[] film = new byte[films.size() * films.size()];
        films.film(0, film, 0);
        Path picture = set("cxr14-mini").resolve("images/00003541_000.png");
        SmallSets.succeeds("--csv", Files.write(folder.resolve("p.csv"), List.of("image,patient_id,x", picture + ",1,0")).toString(),
            "--label", "x", "--out", folder.resolve("picture").toString());
        byte[] png = new byte[film.length];
        FilmCache.open(folder.resolve("picture")).film(0, png, 0);
        double off = 0;
        for (int i = 0; i < film.length; i++) {
            off += Math.abs((film[i] & 0xff) - (png[i] & 0xff));
        }
        assertTrue(off / film.length < 2, "the DICOM film differs from its picture by " + off / film.length + " grey levels");
    }
}
