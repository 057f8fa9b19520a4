package io.hilum.inference;

import io.hilum.model.bundle.SelfTest;
import io.hilum.model.bundle.Tolerance;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs known inputs through an engine and says how far it is from the numbers that the trainer computed. Doing so
 * also warms the engine.
 *
 * @param inputs how many were compared
 * @param logitDifference largest |logit - expected|
 * @param logitTolerance what is allowed
 * @param camDifference largest |raw - expected| / max |expected| over all maps
 */
public record SelfTestRun(int inputs, double logitDifference, double logitTolerance, double camDifference) {

    private static final int BATCH = 8;

    /** @throws InferenceException when the engine cannot compute the inputs at all */
    public static SelfTestRun of(InferenceEngine engine, SelfTest test) {
        double logits = 0;
        double tolerance = Double.POSITIVE_INFINITY;
        double cam = 0;
        for (int from = 0; from < test.inputs().length; from += BATCH) {
            List<InferenceRequest> batch = new ArrayList<>();
            for (int i = from; i < Math.min(from + BATCH, test.inputs().length); i++) {
                batch.add(new InferenceRequest(test.inputs()[i], test.classes()[i], false));
            }
            List<InferenceResult> results = engine.infer(batch);
            for (int i = 0; i < results.size(); i++) {
                float[] expected = test.logits()[from + i];
                logits = Math.max(logits, Tolerance.difference(expected, results.get(i).logits()));
                tolerance = Math.min(tolerance, Tolerance.logits(expected));
                cam = Math.max(cam, camDifference(test.raw()[from + i], results.get(i).heatMaps()));
            }
        }
        return new SelfTestRun(test.inputs().length, logits, tolerance, cam);
    }

    /** Whether the engine computes what the trainer computed. */
    public boolean passed() {
        return logitDifference <= logitTolerance && camDifference <= Tolerance.CAM;
    }

    private static double camDifference(float[][] expected, List<HeatMap> maps) {
        double largest = 0;
        for (int k = 0; k < expected.length; k++) {
            double scale = Math.max(Tolerance.largest(expected[k]), Float.MIN_NORMAL);
            largest = Math.max(largest, Tolerance.difference(expected[k], maps.get(k).raw()) / scale);
        }
        return largest;
    }

    @Override
    public String toString() {
        return "logits differ by at most %.2g (allowed %.2g), raw heat maps by %.2g of their maximum (allowed %.2g), on %d inputs"
                .formatted(logitDifference, logitTolerance, camDifference, Tolerance.CAM, inputs);
    }
}
