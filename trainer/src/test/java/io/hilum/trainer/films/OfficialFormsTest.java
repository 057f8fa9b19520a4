package io.hilum.trainer.films;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each public data set in the very form that its makers give it, with films drawn for the test. */
class OfficialFormsTest {
    private static final int U = FilmCache.UNKNOWN;
    private static final int N = FilmCache.UNCERTAIN_NEGATIVE;
    private static final int P = FilmCache.UNCERTAIN_POSITIVE;
    @TempDir
    Path folder;
    private SmallSets set;

    @BeforeEach
    void here() {
        set = new SmallSets(folder);
    }

    private void nih() throws IOException {
        set.text("Data_Entry_2017.csv",
            "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],",
            "00000001_000.png,Cardiomegaly|Emphysema,0,1,058Y,M,PA,2682,2749,0.143,0.143,",
            "00000001_001.png,No Finding,1,1,58,M,AP,2894,2729,0.143,0.143,",
            "00000002_000.png,Pleural_Thickening,0,2,414,F,PA,2500,2048,0.168,0.168,");
        set.text("train_val_list.txt", "00000001_000.png", "00000001_001.png");
        set.text("test_list.txt", "00000002_000.png");
        set.image("images_001/images/00000001_000.png", 1);
        set.image("images_001/images/00000001_001.png", 2);
        set.image("images_002/images/00000002_000.png", 3);
    }

    @Test
    void mixesUpNothingOfChestXray14() throws IOException {
        nih();
        SmallSets.succeeds("--form", "cxr14", "--data", folder.toString(), "--out-dir", folder.resolve("out").toString());
        FilmCache train = FilmCache.open(folder.resolve("out/train.cache"));
        FilmCache test = FilmCache.open(folder.resolve("out/test.cache"));
        assertEquals(ChestXray14.LABELS, train.labelNames());
        assertEquals(2, train.films());
        for (int l = 0; l < 14; l++) {
            boolean found = List.of("Cardiomegaly", "Emphysema").contains(train.labelNames().get(l));
            assertEquals(found ? 1 : 0, train.label(0, l), train.labelNames().get(l));
            assertEquals(0, train.label(1, l), "No Finding is no label and no finding");
        }
        assertEquals(1, test.label(0, 12));
        assertEquals(58, train.age(0));
        assertEquals(58, train.age(1));
        assertEquals(-1, test.age(0), "nobody is 414 years old");
        assertEquals(Sex.MALE, train.sex(0));
        assertEquals(View.AP, train.view(1));
        assertEquals(2682, train.width(0));
        assertEquals(2749, train.height(0));
        assertEquals("nih", train.source(0));
        assertEquals(train.cluster(0), train.cluster(1));
        assertFalse(train.cluster(0) == test.cluster(0));
    }

    @Test
    void keepsNoFindingApartFromFindings() throws IOException {
        nih();
        DataSet asked = new ChestXray14(folder, List.of("No Finding", "Emphysema")).read();
        assertArrayEquals(new int[] {0, 1}, asked.rows().get(0).labels());
        assertArrayEquals(new int[] {1, 0}, asked.rows().get(1).labels());
        assertEquals(List.of("1 ages over 120 years count as not known."), asked.notes());
        set.text("Data_Entry_2017.csv", "Image Index,Finding Labels,Patient ID,Patient Age,Patient Gender,View Position",
            "00000001_000.png,Cardiomegaly|Emphysemia,1,58,M,PA");
        refused(new ChestXray14(folder, List.of()), "Data_Entry_2017.csv, line 2", "'Emphysemia'");
        set.text("Data_Entry_2017.csv", "Image Index,Finding Labels,Patient ID,Patient Age,Patient Gender,View Position",
            "00000001_000.png,No Finding,3,58,M,PA");
        refused(new ChestXray14(folder, List.of()), "line 2", "patient '3'");
    }

    @Test
    void readsThePublishedListsOfChestXray14() throws IOException {
        nih();
        Path train = set.text("train_official.txt", "00000001_000.png 0 1 0 0 0 0 0 0 0 0 1 0 0 0", "", "00000001_001.png 0 0 0 0 0 0 0 0 0 0 0 0 0 0");
        DataSet lists = new ChestXray14Lists(folder, Map.of("train", train), List.of()).read();
        DataSet table = new ChestXray14(folder, List.of()).read();
        assertEquals(2, lists.rows().size());
        for (int i = 0; i < 2; i++) {
            assertArrayEquals(table.rows().get(i).labels(), lists.rows().get(i).labels());
            assertEquals(table.rows().get(i).patient(), lists.rows().get(i).patient());
            assertEquals(table.rows().get(i).age(), lists.rows().get(i).age());
        }
        assertEquals(3, lists.rows().get(1).line());
        Path odd = set.text("odd.txt", "00000001_000.png 0 1 0");
        refused(new ChestXray14Lists(folder, Map.of("train", odd), List.of()), "odd.txt, line 1", "4 words");
        Path two = set.text("two.txt", "00000001_000.png 0 2 0 0 0 0 0 0 0 0 1 0 0 0");
        refused(new ChestXray14Lists(folder, Map.of("train", two), List.of()), "two.txt, line 1", "'2'", "Cardiomegaly");
    }

    private void stanford() throws IOException {
        String header = "Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung Lesion,"
            + "Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,Fracture,Support Devices";
        set.text("train.csv", header,
            "CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg,Female,68,Frontal,AP,,,-1.0,,,-1.0,-1.0,,-1.0,0.0,,,,1.0",
            "CheXpert-v1.0-small/train/patient00001/study1/view2_lateral.jpg,Female,68,Lateral,,,,-1.0,,,-1.0,-1.0,,-1.0,0.0,,,,1.0",
            "CheXpert-v1.0-small/train/patient00002/study2/view1_frontal.jpg,Male,87,Frontal,PA,,,1.0,,,0.0,,,,0.0,-1.0,,,");
        set.text("valid.csv", header,
            "CheXpert-v1.0-small/valid/patient64541/study1/view1_frontal.jpg,Male,73,Frontal,AP,0.0,1.0,1.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0");
        set.image("train/patient00001/study1/view1_frontal.jpg", 1);
        set.image("train/patient00002/study2/view1_frontal.jpg", 2);
        set.image("valid/patient64541/study1/view1_frontal.jpg", 3);
    }

    private int[] first(Uncertainty policy, boolean missingIsNegative, int row) throws IOException {
        return new CheXpert(folder, Map.of(), List.of(), policy, missingIsNegative, false).read().rows().get(row).labels();
    }

    @Test
    void readsUncertaintyAsThePolicySaysAndNotOtherwise() throws IOException {
        stanford();
        // Atelectasis, Cardiomegaly, Consolidation, Edema, Pleural Effusion
        assertArrayEquals(new int[] {P, N, N, P, 0}, first(Uncertainty.EVA_X, true, 0));
        assertArrayEquals(new int[] {0, 1, 0, 0, N}, first(Uncertainty.EVA_X, true, 1));
        assertArrayEquals(new int[] {N, N, N, N, 0}, first(Uncertainty.ZEROS, true, 0));
        assertArrayEquals(new int[] {P, P, P, P, U}, first(Uncertainty.ONES, false, 0));
        assertArrayEquals(new int[] {U, U, U, U, 0}, first(Uncertainty.IGNORE, true, 0));
        assertArrayEquals(new int[] {U, 1, U, 0, U}, first(Uncertainty.IGNORE, false, 1));
        String said = assertThrows(IllegalArgumentException.class, () -> new CheXpert(folder, Map.of(), List.of("Fracture"), Uncertainty.EVA_X, true, false)
            .read()).getMessage();
        assertTrue(said.contains("'Fracture'") && said.contains("--uncertain"), said);
    }

    @Test
    void takesNoLateralFilmUnasked() throws IOException {
        stanford();
        SmallSets.succeeds("--form", "chexpert", "--data", folder.toString(), "--out-dir", folder.resolve("out").toString());
        FilmCache train = FilmCache.open(folder.resolve("out/train.cache"));
        assertEquals(2, train.films());
        assertEquals("train/patient00001/study1/view1_frontal.jpg", train.name(0));
        assertEquals(68, train.age(0));
        assertEquals(Sex.FEMALE, train.sex(0));
        assertEquals(View.AP, train.view(0));
        assertEquals(48, train.width(0));
        assertEquals(1, train.label(0, 0), "Atelectasis is uncertain, so it is positive");
        assertTrue(train.uncertain(0, 0) && !train.uncertain(1, 1), "a recipe that smooths must know which labels were uncertain");
        assertTrue(train.description().contains("eva-x"), train.description());
        assertEquals(1, FilmCache.open(folder.resolve("out/valid.cache")).films());
        assertEquals(4, new CheXpert(folder, Map.of(), List.of(), Uncertainty.EVA_X, true, true).read().rows().size());
        String row = Files.readString(folder.resolve("train.csv")).replace("Frontal,PA,,,1.0", "Frontal,PA,,,yes");
        Files.writeString(folder.resolve("train.csv"), row);
        refused(new CheXpert(folder, Map.of(), List.of(), Uncertainty.EVA_X, true, false), "train.csv, line 4", "'yes'", "Cardiomegaly");
    }

    @Test
    void givesEachCovidxFilmJustOneClass() throws IOException {
        set.text("train.txt", "7 a.jpg normal cohen", "8 b.dcm COVID-19 sirm");
        set.text("test.txt", "7 c.png pneumonia fig1");
        set.image("train/a.jpg", 1);
        set.image("train/b.dcm", 2);
        set.image("test/c.png", 3);
        SmallSets.succeeds("--form", "covidx3", "--data", folder.toString(), "--out-dir", folder.resolve("out").toString());
        FilmCache train = FilmCache.open(folder.resolve("out/train.cache"));
        FilmCache test = FilmCache.open(folder.resolve("out/test.cache"));
        assertEquals(List.of("normal", "pneumonia", "COVID-19"), train.labelNames());
        assertArrayEquals(new int[] {1, 0, 0}, new int[] {train.label(0, 0), train.label(0, 1), train.label(0, 2)});
        assertArrayEquals(new int[] {0, 0, 1}, new int[] {train.label(1, 0), train.label(1, 1), train.label(1, 2)});
        assertArrayEquals(new int[] {0, 1, 0}, new int[] {test.label(0, 0), test.label(0, 1), test.label(0, 2)});
        assertEquals("cohen", train.source(0));
        assertFalse(train.cluster(0) == test.cluster(0), "patient 7 of cohen is not patient 7 of fig1");
        refused(new CovidX(folder, Map.of(), CovidX.TWO), "train.txt, line 1", "'normal'");
        set.text("test.txt", "7 c.png pneumonia cohen");
        String said = SmallSets.refusal("--form", "covidx3", "--data", folder.toString(), "--out-dir", folder.resolve("out").toString());
        assertTrue(said.contains("'cohen-7'") && said.contains("train.txt, line 1") && said.contains("test.txt, line 1"), said);
    }

    @Test
    void agesNobodyBeyondReason() {
        Ages ages = new Ages();
        assertEquals(58, ages.years("058Y"));
        assertEquals(1, ages.years("013M"));
        assertEquals(0, ages.years("030D"));
        assertEquals(61, ages.years("61.0"));
        assertEquals(-1, ages.years(""));
        assertEquals(-1, ages.years("150"));
        assertEquals(-1, ages.years("old"));
        assertEquals(2, ages.notes().size());
    }

    private static void refused(DataSet.Source source, String... words) {
        String said = assertThrows(IOException.class, source::read).getMessage();
        assertEquals(1, said.lines().count(), said);
        for (String word : words) {
            assertTrue(said.contains(word), said);
        }
    }
}
