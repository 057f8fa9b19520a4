package io.hilum.trainer.films;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.canvas.Canvas;
import io.hilum.trainer.Main;
import io.hilum.trainer.data.FilmCache;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmsCommandTest {
    @TempDir
    Path folder;

    @Test
    void noOptionIsSilentlyWithoutEffect() throws Exception {
        String csv = Files.writeString(folder.resolve("labels.csv"), "image,patient_id,split,Effusion\n").toString();
        String data = folder.toString();
        String out = folder.resolve("x.cache").toString();
        for (String option : new String[] {"--uncertain=ones", "--missing=unknown", "--lateral"}) {
            assertTrue(SmallSets.refusal("--csv", csv, "--label", "Effusion", "--out", out, option).contains("chexpert"), option);
        }
        for (String form : new String[] {"cxr14", "cxr14-mini", "covidx-mini"}) {
            assertTrue(SmallSets.refusal("--form", form, "--data", data, "--out", out, "--list", "train=a.txt").contains("--list"), form);
        }
        assertTrue(SmallSets.refusal("--csv", csv, "--label", "Effusion", "--out", out, "--list", "train=a.txt").contains("--list"));
        assertTrue(SmallSets.refusal("--form", "covidx-mini", "--data", data, "--out", out, "--label", "A").contains("--label"));
        assertTrue(SmallSets.refusal("--csv", csv, "--label", "Effusion", "--out", out, "--fold", "2").contains("--folds"));
        assertTrue(SmallSets.refusal("--csv", csv, "--label", "Effusion", "--out", out, "--seed", "2").contains("--valid-share"));
    }

    @Test
    void takesNoMissingLabelForAnAbsentFinding() throws Exception {
        for (String name : new String[] {"a.png", "b.png", "c.png"}) {
            byte[] grey = new byte[64 * 64];
            java.util.Arrays.fill(grey, (byte) name.charAt(0));
            Files.write(folder.resolve(name), new Canvas(64, 64, grey).toPng());
        }
        Files.writeString(folder.resolve("labels.csv"), "image,patient_id,split,Effusion\na.png,1,test,1\nb.png,1,test,\nc.png,2,train,0\n");
        Files.writeString(folder.resolve("boxes.csv"), "image,label,x,y,w,h\na.png,Effusion,0.1,0.2,0.3,0.4\n");
        Path out = folder.resolve("films.cache");
        assertEquals(0, Main.commandLine().execute("films", "--csv", folder.resolve("labels.csv").toString(), "--images", folder.toString(),
            "--boxes", folder.resolve("boxes.csv").toString(), "--label", "Effusion,Nodule", "--absent-label-unknown", "--split", "test", "--size", "32",
            "--description", "grey", "--out", out.toString()));
        FilmCache cache = FilmCache.open(out);
        assertEquals(2, cache.films());
        assertEquals(io.hilum.model.input.Geometry.STRETCH, cache.geometry());
        assertEquals(1, cache.label(0, 0));
        assertEquals(FilmCache.UNKNOWN, cache.label(1, 0));
        assertEquals(FilmCache.UNKNOWN, cache.label(0, 1), "a column that the table lacks");
        assertArrayEquals(new float[] {0.1f, 0.2f, 0.3f, 0.4f}, cache.box(0, 0));
        assertNull(cache.box(1, 0));
        assertEquals(cache.cluster(0), cache.cluster(1), "one patient is one cluster");
        assertNotEquals(0, cache.cluster(0));
    }
}
