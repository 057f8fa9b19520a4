package io.hilum.trainer.experiment;

import io.hilum.imaging.canvas.Canvas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A data folder of small made-up films in the layout of the real one: covidx-mini and cxr14-mini with their tables. */
final class MadeFilms {
    static final int SIDE = 24;

    private MadeFilms() {}

    /** @param patientInTwoParts whether a training patient of cxr14-mini is also on the list that tests */
    static Path folder(Path data, boolean patientInTwoParts) throws IOException {
        Path covidx = Files.createDirectories(data.resolve("covidx-mini/images")).getParent();
        Path cxr14 = Files.createDirectories(data.resolve("cxr14-mini/images")).getParent();
        var random = new SplittableRandom(5);
        var covidTable = new StringBuilder("image,label,class,split,group,source,view,original_width,original_height\n");
        var nihTable = new StringBuilder("image,patient_id,view,split,official_list,Pneumonia\n");
        for (int i = 0; i < 160; i++) {
            boolean test = i % 8 == 0;
            String name = "nih-%03d.png".formatted(i);
            film(cxr14.resolve("images").resolve(name), random, 100);
            int patient = patientInTwoParts && i == 1 ? 0 : i / 2 * 2 + (test ? 1000 : 0);
            if (patientInTwoParts && i == 0) {
                patient = 0;
            }
            String view = i % 3 == 0 ? "AP" : "PA";
            nihTable.append("%s,%08d,%s,train,%s,%d\n".formatted(name, patient, view, test ? "val" : "train", i / 8 % 2));
            covidTable.append("../cxr14-mini/images/%s,0,non-covid,%s,nih-%08d,nih,%s,1024,1024\n".formatted(name, test ? "test" : "train", patient, view));
        }
        for (int i = 0; i < 120; i++) {
            String name = "covid-%03d.png".formatted(i);
            film(covidx.resolve("images").resolve(name), random, 130);
            covidTable.append("images/%s,1,covid,%s,g%04d,cohen,PA,%d,1000\n".formatted(name, i % 6 == 0 ? "test" : "train", i, 1000 + i % 4 * 100));
        }
        Files.writeString(covidx.resolve("labels.csv"), covidTable);
        Files.writeString(cxr14.resolve("labels.csv"), nihTable);
        return data;
    }

    private static void film(Path file, SplittableRandom random, int grey) throws IOException {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int p = 0; p < pixels.length; p++) {
            pixels[p] = (byte) (grey + random.nextInt(-60, 60));
        }
        Files.write(file, new Canvas(SIDE, SIDE, pixels).toPng());
    }
}
