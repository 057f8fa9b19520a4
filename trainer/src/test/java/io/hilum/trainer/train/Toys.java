package io.hilum.trainer.train;

import io.hilum.model.Architecture;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.Augmentation;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Initialisation;
import io.hilum.trainer.net.ParameterGroups;
import io.hilum.trainer.net.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small films with a bright square (left: "Left", right: "Right") that a network learns within seconds. */
public final class Toys {
    public static final int SIZE = 48;
    public static final List<String> LABELS = List.of("Left", "Right");

    private Toys() {}

    public static Path cache(Path file, int films, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        try (var writer = new FilmCache.Writer(file, films, SIZE, LABELS, "toys", true)) {
            for (int i = 0; i < films; i++) {
                byte[] film = new byte[SIZE * SIZE];
                for (int p = 0; p < film.length; p++) {
                    film[p] = (byte) (90 + random.nextInt(40));
                }
                int[] label = {random.nextInt(2), random.nextInt(2)};
                float[][] boxes = new float[2][];
                for (int l = 0; l < 2; l++) {
                    if (label[l] == 1) {
                        int x = l * SIZE / 2 + 4 + random.nextInt(4);
                        int y = 4 + random.nextInt(SIZE - 20);
                        for (int k = 0; k < 12 * 12; k++) {
                            film[(y + k / 12) * SIZE + x + k % 12] = (byte) 220;
                        }
                        boxes[l] = new float[] {(float) x / SIZE, (float) y / SIZE, 12f / SIZE, 12f / SIZE};
                    }
                }
                writer.add(film, label, i / 2, boxes);
            }
            writer.finish();
        }
        return file;
    }

    public static Map<String, Tensor> scratch() {
        return Initialisation.draw(Architecture.EVA_X_TI, SIZE / Architecture.PATCH, LABELS.size(), 3);
    }

    public static TrainOptions options(double epochs, double rate) {
        return new TrainOptions(Architecture.EVA_X_TI, SIZE, 16, epochs, 0.5, rate, 0, false,
            AdamW.published(new ParameterGroups(1, 0.05)), Precision.FP32, 0.1, new Augmentation(0.9, false, 0.1), 0, 0, 5, 2, 3600);
    }
}
