package io.hilum.trainer.phantom;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.phantoms.Preset;
import io.hilum.phantoms.Split;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.Overlap;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomCacheTest {
    @TempDir
    Path folder;

    private FilmCache draw(String name, Split split, int films) throws IOException {
        PhantomCache.write(folder.resolve(name), Preset.STANDARD, 1, split, 0, films, 32, 32);
        return FilmCache.open(folder.resolve(name));
    }

    @Test
    void leavesNoSubgroupOfPhantomsUnnamed() throws IOException {
        FilmCache films = draw("films", Split.TRAIN, 6);
        for (int i = 0; i < films.films(); i++) {
            assertTrue(films.age(i) > 0 && films.age(i) < 120);
            assertNotEquals(Sex.UNKNOWN, films.sex(i));
            assertNotEquals(View.UNKNOWN, films.view(i));
            assertTrue(!films.source(i).isEmpty() && !films.name(i).isEmpty());
        }
    }

    @Test
    void teachesNoPhantomThatItMeasures() throws IOException {
        Overlap.refuse(draw("train", Split.TRAIN, 6), draw("test", Split.TEST, 6));
        FilmCache more = draw("more", Split.TRAIN, 8);
        assertThrows(IOException.class, () -> Overlap.refuse(FilmCache.open(folder.resolve("train")), more));
    }
}
