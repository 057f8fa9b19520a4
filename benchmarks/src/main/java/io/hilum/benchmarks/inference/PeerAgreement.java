package io.hilum.benchmarks.inference;

import com.fasterxml.jackson.databind.JsonNode;
import io.hilum.benchmarks.peer.PythonPeer;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.model.bundle.Tolerance;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/** Whether both sides compute the same of the same weights and films: otherwise their speeds may not stand side by side. */
final class PeerAgreement {

    private PeerAgreement() {}

    /** @return the largest difference of a logit */
    static double logits(InferenceEngine engine, SpeedModel model, PythonPeer peer, double tolerance) throws IOException {
        float[] theirs = floats(peer.ask("check").path("logits"));
        List<InferenceResult> ours = engine.infer(model.films().stream().map(film -> InferenceRequest.scores(film, false)).toList());
        double worst = 0;
        for (int i = 0; i < ours.size(); i++) {
            worst = Math.max(worst, Tolerance.difference(ours.get(i).logits(), part(theirs, i, SpeedModel.LABELS)));
        }
        if (!(worst <= tolerance)) {
            throw new IOException("The two sides do not compute the same: a logit differs by " + worst + ".");
        }
        return worst;
    }

    /** @return the largest difference of a raw map, by the map's largest absolute value */
    static double maps(InferenceEngine engine, SpeedModel model, PythonPeer peer) throws IOException {
        int labels = 3;
        float[] theirs = floats(peer.ask("cams " + labels).path("maps"));
        int[] ids = IntStream.range(0, labels).toArray();
        List<InferenceResult> ours = engine.infer(model.films().stream().map(film -> new InferenceRequest(film, ids, false)).toList());
        double worst = 0;
        for (int i = 0; i < ours.size() * labels; i++) {
            float[] raw = ours.get(i / labels).heatMaps().get(i % labels).raw();
            worst = Math.max(worst, Tolerance.difference(raw, part(theirs, i, raw.length)) / Tolerance.largest(raw));
        }
        if (!(worst <= 10 * Tolerance.CAM)) {
            throw new IOException("The two sides do not draw the same maps: one differs by " + worst + " of its maximum.");
        }
        return worst;
    }

    private static float[] part(float[] all, int index, int width) {
        return java.util.Arrays.copyOfRange(all, index * width, (index + 1) * width);
    }

    private static float[] floats(JsonNode array) {
        float[] values = new float[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) array.get(i).asDouble();
        }
        return values;
    }
}
