package io.hilum.trainer.eval;

import io.hilum.trainer.data.FilmInfo;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/** Made films with made scores, for tests that need no network. */
final class Measured {
    private Measured() {}

    static MeasuredFilms films(String name, int n, List<String> labels, IntFunction<float[]> logits, IntFunction<int[]> truth, IntToLongFunction cluster,
            IntFunction<FilmInfo> info) {
        float[][] l = new float[n][];
        int[][] t = new int[n][];
        long[] c = new long[n];
        FilmInfo[] f = new FilmInfo[n];
        byte[][] digest = new byte[n][32];
        var hits = new MeasuredFilms.MapHits(new byte[n][labels.size()], new float[n][labels.size()]);
        for (int i = 0; i < n; i++) {
            t[i] = truth.apply(i);
            l[i] = logits.apply(i);
            c[i] = cluster.applyAsLong(i);
            f[i] = info.apply(i);
            byte[] id = (name + i).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            System.arraycopy(id, 0, digest[i], 0, Math.min(32, id.length));
            Arrays.fill(hits.hit()[i], (byte) 255);
        }
        return new MeasuredFilms(name, "made films", labels, l, t, c, f, digest, hits);
    }
}
