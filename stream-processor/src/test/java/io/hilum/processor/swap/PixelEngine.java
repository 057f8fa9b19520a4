package io.hilum.processor.swap;

import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.inference.StageTimes;
import io.hilum.model.Architecture;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.card.OperatingPoint;
import io.hilum.model.input.Geometry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A function of the first pixel and of the version, and of nothing else. Its bundle is a folder with one small file. */
final class PixelEngine implements InferenceEngine {

    static final String LINE = "pixels";
    private static final String FILE = "version.txt";
    private static final int SIZE = 32;

    private final EngineIdentity identity;
    private final ModelCard card;

    private PixelEngine(String version, String sha256, String instance) {
        identity = new EngineIdentity(LINE, version, sha256, "pixels on " + instance, false, "");
        card = new ModelCard(ModelCard.SCHEMA, LINE, version, Architecture.EVA_X_TI, SIZE, Geometry.STRETCH, 0.5, 0.25,
                List.of(new LabelCard("Effusion", new Calibration(1, 0), new OperatingPoint(0.5, 0.9, null, null, 50))),
                List.of(), null, false, "");
    }

    /** @param content the version; the word "bad" before it: no engine loads it */
    static void write(Path folder, String content) {
        try {
            Files.writeString(Files.createDirectories(folder).resolve(FILE), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * @param instance who loads it
     * @param refuses a version that this instance's device has no plan for
     */
    static PixelEngine load(Path folder, String sha256, String instance, String refuses) throws BundleRefusedException {
        String version;
        try {
            version = Files.readString(folder.resolve(FILE));
        } catch (IOException damaged) {
            throw new BundleRefusedException("The bundle at " + folder + " has no version.", damaged);
        }
        if (version.startsWith("bad")) {
            throw new BundleRefusedException("The self-test of " + version + " gives other numbers.");
        }
        if (version.equals(refuses)) {
            throw new BundleRefusedException("There is no plan of " + version + " for the device of " + instance + ".");
        }
        return new PixelEngine(version, sha256, instance);
    }

    /** 0..0.999, the same for the same pixel and version. */
    static double probability(int grey, String version) {
        return Math.floorMod(grey * 37 + version.hashCode() * 101, 1000) / 1000.0;
    }

    @Override
    public EngineIdentity identity() {
        return identity;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public List<InferenceResult> infer(List<InferenceRequest> batch) {
        return batch.stream().map(request -> new InferenceResult(new float[] {0},
                new double[] {probability(request.input()[0] & 0xff, identity.version())}, List.of(),
                new StageTimes(0, 1_000, 1_000, batch.size(), 1), identity)).toList();
    }

    @Override
    public void close() {}
}
