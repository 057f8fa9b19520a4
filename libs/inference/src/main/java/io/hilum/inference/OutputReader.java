package io.hilum.inference;

import io.hilum.model.Architecture;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Turns the outputs of one batch into results. Used once, by the thread that ran the batch. */
public final class OutputReader {

    private final ModelCard card;
    private final EngineIdentity identity;
    private final int maps;
    private final NetworkOutputs outputs;

    /** @param maps heat maps an image that the network drew */
    public OutputReader(ModelCard card, EngineIdentity identity, int maps, NetworkOutputs outputs) {
        this.card = card;
        this.identity = identity;
        this.maps = maps;
        this.outputs = outputs;
    }

    /** @param started when the engine got the batch, and when it had computed it, in ns of {@link System#nanoTime} */
    public List<InferenceResult> results(List<InferenceRequest> batch, long started, long computed) {
        List<float[]> allLogits = new ArrayList<>();
        List<double[]> allProbabilities = new ArrayList<>();
        List<List<HeatMap>> allMaps = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            float[] row = slice(outputs.logits(), i, card.labels().size());
            allLogits.add(row);
            allProbabilities.add(probabilities(row));
            allMaps.add(heatMaps(i, Math.min(maps, batch.get(i).mapLabels().length)));
        }
        StageTimes times = new StageTimes(0, computed - started, System.nanoTime() - computed, batch.size());
        List<InferenceResult> results = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            results.add(new InferenceResult(allLogits.get(i), allProbabilities.get(i), allMaps.get(i), times, identity));
        }
        return results;
    }

    private double[] probabilities(float[] row) {
        List<LabelCard> labels = card.labels();
        for (int l = 0; l < row.length; l++) {
            if (!Float.isFinite(row[l])) {
                throw new InferenceException("The model computed " + row[l] + " for " + labels.get(l).name()
                        + ", which is no score.");
            }
        }
        return card.probabilities(row);
    }

    private List<HeatMap> heatMaps(int image, int wanted) {
        int grid = Architecture.grid(card.inputSize());
        int cells = grid * grid;
        List<HeatMap> heatMaps = new ArrayList<>();
        for (int k = 0; k < wanted; k++) {
            int at = image * maps + k;
            heatMaps.add(new HeatMap((int) outputs.classes().get(at), grid, slice(outputs.raw(), at, cells),
                    slice(outputs.scaled(), at, cells), outputs.maximum().get(at)));
        }
        return heatMaps;
    }

    private static float[] slice(FloatBuffer buffer, int row, int width) {
        float[] values = new float[width];
        buffer.get(row * width, values);
        return values;
    }
}
