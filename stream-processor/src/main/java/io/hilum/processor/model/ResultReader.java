package io.hilum.processor.model;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.HeatMap;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.ModelIdentity;
import io.hilum.contracts.event.Region;
import io.hilum.contracts.event.Score;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.InferenceResult;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.processor.score.Scores;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An engine's result in the words of the events. No state; any thread. */
public final class ResultReader {

    private ResultReader() {}

    /**
     * @param sop the image's SOP Instance UID
     * @param card of the model that computed the result
     * @param region what the model saw of the canvas
     * @param prepareNanos from canvas to input
     */
    public static Scores read(String sop, InferenceResult result, ModelCard card, Region region, long prepareNanos) {
        List<LabelCard> labels = card.labels();
        if (result.logits().length != labels.size() || result.probabilities().length != labels.size()) {
            throw new IllegalStateException("the model has %d labels and gave %d scores."
                    .formatted(labels.size(), result.logits().length));
        }
        LineFindings.Builder findings = LineFindings.newBuilder().setModel(identity(result.engine()));
        LineScores.Builder scores = LineScores.newBuilder()
                .setLine(result.engine().line()).setVersion(result.engine().version());
        for (int i = 0; i < labels.size(); i++) {
            findings.addFindings(finding(sop, labels.get(i), result.probabilities()[i]));
            scores.addScores(Score.newBuilder().setLabel(labels.get(i).name())
                    .setLogit(result.logits()[i]).setProbability(result.probabilities()[i]));
        }
        for (io.hilum.inference.HeatMap map : result.heatMaps()) {
            if (map.hasPositiveEvidence()) {
                scores.addHeatMaps(heatMap(map, labels, region));
            }
        }
        return new Scores(List.of(new Scores.Line(scores.build(), findings.build())), new Scores.Times(
                micros(prepareNanos), micros(result.times().queueNanos()), micros(result.times().computeNanos()),
                micros(result.times().outputNanos()), result.times().batch(), result.times().passes()));
    }

    private static Finding finding(String sop, LabelCard label, double probability) {
        if (!Double.isFinite(probability)) {
            throw new IllegalStateException("the model gave " + probability + " for " + label.name() + ".");
        }
        Finding.Builder finding =
                Finding.newBuilder().setLabel(label.name()).setProbability(probability).setSopInstanceUid(sop);
        if (label.operatingPoint() == null) {
            return finding.setDecision(Decision.UNDECIDED).build();
        }
        double threshold = label.operatingPoint().threshold();
        return finding.setOperatingPoint(threshold)
                .setDecision(probability >= threshold ? Decision.POSITIVE : Decision.NEGATIVE).build();
    }

    private static HeatMap heatMap(io.hilum.inference.HeatMap map, List<LabelCard> labels, Region region) {
        return HeatMap.newBuilder()
                .setLabel(labels.get(map.label()).name())
                .setCells(ByteString.copyFrom(map.cells()))
                .setGrid(map.grid())
                .setRawMaximum(map.rawMaximum())
                .setRegion(region)
                .build();
    }

    private static ModelIdentity identity(EngineIdentity engine) {
        return ModelIdentity.newBuilder()
                .setLine(engine.line())
                .setVersion(engine.version())
                .setBundleSha256(engine.bundleSha256())
                .setEngine(engine.engine())
                .setTrainedOnSynthetic(engine.trainedOnSynthetic())
                .setNotice(engine.notice())
                .build();
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
