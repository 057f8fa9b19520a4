package io.hilum.model.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResamplerTest {
    private final SplittableRandom random = new SplittableRandom(4);

    @Test
    void whatWasResizedBeforeLeavesNoTrace() {
        var kept = new Resampler();
        for (int i = 0; i < 60; i++) {
            int side = random.nextInt(3, 70);
            byte[] film = film(side);
            int w = random.nextInt(1, side + 1);
            int h = random.nextInt(1, side + 1);
            int x = random.nextInt(side - w + 1);
            int y = random.nextInt(side - h + 1);
            int outW = random.nextInt(1, 40);
            int outH = random.nextInt(1, 40);
            byte[] out = new byte[outW * outH];
            kept.resize(film, side, x, y, w, h, false, out, outW, outH);
            assertArrayEquals(Bicubic.resize(cut(film, side, x, y, w, h), w, 0, 0, w, h, outW, outH), out,
                "%d,%d %d x %d of %d to %d x %d".formatted(x, y, w, h, side, outW, outH));
        }
    }

    @Test
    void aMirroredFilmIsNotAnotherFilm() {
        byte[] film = film(40);
        for (int size : new int[] {17, 40, 64}) {
            byte[] plain = new byte[size * size];
            byte[] mirrored = new byte[size * size];
            new Resampler().resize(film, 40, 0, 0, 40, 40, false, plain, size, size);
            new Resampler().resize(film, 40, 0, 0, 40, 40, true, mirrored, size, size);
            for (int i = 0; i < plain.length; i++) {
                assertEquals(plain[i], mirrored[i / size * size + size - 1 - i % size]);
            }
        }
    }

    private byte[] film(int side) {
        byte[] film = new byte[side * side];
        random.nextBytes(film);
        return film;
    }

    private static byte[] cut(byte[] film, int side, int x, int y, int w, int h) {
        byte[] out = new byte[w * h];
        for (int r = 0; r < h; r++) {
            System.arraycopy(film, (y + r) * side + x, out, r * w, w);
        }
        return out;
    }
}
