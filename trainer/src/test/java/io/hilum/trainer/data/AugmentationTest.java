package io.hilum.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationTest {
    private static final int SIDE = 48;
    private static final int FILMS = 12;

    @TempDir
    Path folder;

    @Test
    void batchesDoNotDependOnHowManyThreadsMadeThem() throws IOException {
        FilmCache cache = cache();
        List<byte[]> one = batches(cache, 1, 1);
        List<byte[]> many = batches(cache, 4, 7);
        for (int i = 0; i < one.size(); i++) {
            assertArrayEquals(one.get(i), many.get(i), "step " + i);
        }
        // From the third step on, as after a kill.
        var loader = new BatchLoader(cache, 32, 4, Augmentation.PUBLISHED, 5);
        assertArrayEquals(one.get(3), bytes(loader.at(3).images()));
    }

    private static List<byte[]> batches(FilmCache cache, int threads, int ahead) {
        var loader = new BatchLoader(cache, 32, 4, Augmentation.PUBLISHED, 5);
        var out = new ArrayList<byte[]>();
        try (var coming = new Ahead<>(loader::at, 0, 9, threads, ahead)) {
            for (int step = 0; step < 9; step++) {
                Batch batch = coming.next();
                out.add(bytes(batch.images()));
                loader.giveBack(batch);
            }
        }
        return out;
    }

    @Test
    void memoryGivenBackTwiceIsNotSharedByTwoBatches() throws IOException {
        var loader = new BatchLoader(cache(), 32, 4, Augmentation.PUBLISHED, 5);
        Batch first = loader.at(0);
        loader.giveBack(first);
        loader.giveBack(first);
        assertFalse(loader.at(1).images() == loader.at(2).images());
    }

    @Test
    void aCropNeitherLeavesTheFilmNorTheRangesOfAreaAndAspect() {
        var random = new SplittableRandom(1);
        double least = 1;
        double most = 0;
        for (int i = 0; i < 2000; i++) {
            CropBox box = CropBox.draw(256, 0.08, random);
            assertTrue(box.x() >= 0 && box.y() >= 0 && box.x() + box.width() <= 256 && box.y() + box.height() <= 256, box.toString());
            double area = box.width() * box.height() / (256.0 * 256);
            double aspect = (double) box.width() / box.height();
            assertTrue(area > 0.078 && aspect > 0.74 && aspect < 1.35, box.toString());
            least = Math.min(least, area);
            most = Math.max(most, area);
        }
        assertTrue(least < 0.1 && most > 0.9, least + " to " + most);
    }

    @Test
    void theCentreViewIsNotShiftedOrScaled() throws IOException {
        FilmCache cache = cache();
        byte[] film = new byte[SIDE * SIDE];
        cache.film(3, film, 0);
        byte[] out = new byte[32 * 32];
        Augmentation.resizeOnly(SIDE).apply(cache, 3, 32, null, out);
        for (int r = 0; r < 32; r++) {
            for (int c = 0; c < 32; c++) {
                assertEquals(film[(r + 8) * SIDE + c + 8], out[r * 32 + c]);
            }
        }
        assertEquals(256, Augmentation.referenceShorter(224));
        assertEquals(480, Augmentation.referenceShorter(480));
    }

    @Test
    void noOperationIsForgottenAndHalfOfThemAreLeftOut() {
        var random = new SplittableRandom(2);
        var image = new GreyImage();
        int[] changed = new int[1];
        int draws = 2000;
        for (int i = 0; i < draws; i++) {
            byte[] pixels = image.begin(24);
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = (byte) (30 + p / 3 + p % 7);
            }
            byte[] before = pixels.clone();
            new RandAugment(1, 0.5, 6, 0.5, Interpolation.BICUBIC, 125).apply(image, random);
            changed[0] += java.util.Arrays.equals(before, image.finish()) ? 0 : 1;
        }
        // Every operation but Color changes this image.
        assertEquals(0.5 * 14 / 15, (double) changed[0] / draws, 0.03);
    }

    @Test
    void boxesAreNotTaughtOnFilmsThatWereCutOrMirrored() throws IOException {
        FilmSelection films = FilmSelection.all(cache());
        for (Augmentation moves : List.of(Augmentation.PUBLISHED, new Augmentation(0.5, false, 0), new Augmentation(1, true, 0),
                Augmentation.resizeOnly(40), new Augmentation(0, 1, false, 0, RandAugment.PUBLISHED))) {
            assertThrows(IllegalArgumentException.class, () -> new BatchLoader(films, 32, 4, moves, 1, true), moves.toString());
        }
        new BatchLoader(films, 32, 4, new Augmentation(1, false, 0.2), 1, true);
    }

    @Test
    void settingsWithoutMeaningDoNotStart() {
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(0, false, 0));
        assertThrows(IllegalArgumentException.class, () -> new Augmentation(1, false, 1));
        assertThrows(IllegalArgumentException.class, () -> new RandAugment(2, 0.5, 11, 0.5, Interpolation.BICUBIC, 125));
        assertThrows(IllegalArgumentException.class, () -> new RandAugment(2, 1.5, 6, 0.5, Interpolation.BICUBIC, 125));
    }

    private FilmCache cache() throws IOException {
        Path file = folder.resolve("films.safetensors");
        try (var out = new FilmCache.Writer(file, FILMS, SIDE, List.of("a"), "test", true)) {
            var random = new SplittableRandom(9);
            for (int i = 0; i < FILMS; i++) {
                byte[] film = new byte[SIDE * SIDE];
                for (int p = 0; p < film.length; p++) {
                    film[p] = (byte) (p / SIDE * 2 + p % SIDE + random.nextInt(40));
                }
                out.add(film, new int[] {i % 2}, i, new float[][] {null});
            }
            out.finish();
        }
        return FilmCache.open(file);
    }

    private static byte[] bytes(ByteBuffer images) {
        byte[] out = new byte[images.remaining()];
        images.get(images.position(), out);
        return out;
    }
}
