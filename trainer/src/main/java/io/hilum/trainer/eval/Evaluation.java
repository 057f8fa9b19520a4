package io.hilum.trainer.eval;

import io.hilum.contracts.Disclaimer;
import io.hilum.model.card.ModelCard;
import io.hilum.model.metric.ClusterBootstrap;
import io.hilum.trainer.eval.report.EvaluationReport;
import io.hilum.trainer.eval.report.LabelChoice;
import io.hilum.trainer.eval.report.ModelSection;
import io.hilum.trainer.eval.report.PaperReport;
import io.hilum.trainer.eval.report.RunSection;
import io.hilum.trainer.eval.report.SetReport;
import io.hilum.trainer.train.Provenance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * From scores to a report. What the validation films are for, and what the test films are for, is decided here and
 * nowhere else.
 *
 * @param singleLabel the model names exactly one label
 * @param method how logits become probabilities
 * @param target sensitivity of the operating points
 * @param allAges also films of patients known to be under 18
 * @param seed of every resampling
 */
record Evaluation(Provenance.Training training, boolean singleLabel, CalibrationMethod method, double target, boolean allAges, int resamples,
        long seed) {
    /** For the reader of a report. */
    static final String NOTE = "Checkpoint, calibration and thresholds were chosen on the validation films alone; the test films were measured once, after that.";

    /** What was chosen, and what came out. */
    record Result(Choice choice, List<SetReport> sets) {}

    /**
     * @param valid calibration and operating points are fitted on it
     * @param tests measured; films that are also in {@code valid} are refused
     */
    Result hilum(MeasuredFilms valid, List<MeasuredFilms> tests) throws IOException {
        for (MeasuredFilms test : tests) {
            refuseShared(valid, test);
        }
        MeasuredFilms fitted = allAges ? valid : valid.adults();
        Choice choice = Choice.fit(fitted, singleLabel, method, target, new ClusterBootstrap(fitted.cluster(), resamples, seed));
        List<SetReport> out = new ArrayList<>();
        out.add(new SetMeasurement(valid, SetReport.VALIDATION, choice, null, allAges, resamples, seed).report(singleLabel));
        for (MeasuredFilms test : tests) {
            out.add(new SetMeasurement(test, SetReport.TEST, choice, fitted, allAges, resamples, seed).report(singleLabel));
        }
        return new Result(choice, out);
    }

    /** The reference's way; the first set is the one that the checkpoint was chosen on. */
    Result paper(List<MeasuredFilms> tests) {
        Choice choice = Choice.paper(training.labels());
        List<SetReport> out = new ArrayList<>();
        for (MeasuredFilms test : tests) {
            // The reference leaves no film out for the patient's age.
            out.add(new SetMeasurement(test, out.isEmpty() ? SetReport.CHOSEN_ON : SetReport.TEST, choice, null, true, resamples, seed).report(singleLabel));
        }
        return new Result(choice, out);
    }

    /** @param paper null for Hilum's own protocol */
    EvaluationReport report(Result result, String geometry, String weightsSha256, RunSection run, PaperReport paper) {
        String notice = training.synthetic() ? ModelCard.SYNTHETIC_NOTICE : "";
        List<LabelChoice> choices = result.choice().labels();
        Double temperature = result.choice().softmax() == null ? null : (Double) result.choice().softmax().temperature();
        var model = new ModelSection(training.name(), training.version(), training.architecture().id(), training.inputSize(), geometry,
            training.labels(), temperature, weightsSha256, training.epoch(), training.lineage());
        return new EvaluationReport(EvaluationReport.SCHEMA, paper == null ? "hilum" : "paper", paper == null ? NOTE : PaperProtocol.NOTE,
            Disclaimer.TEXT, notice, Cautions.of(notice, choices, result.sets()), model, run, choices, result.sets(), paper);
    }

    private static void refuseShared(MeasuredFilms a, MeasuredFilms b) throws IOException {
        Map<ByteBuffer, Integer> seen = new HashMap<>();
        for (int i = 0; i < a.films(); i++) {
            seen.putIfAbsent(ByteBuffer.wrap(a.digest()[i]), i);
        }
        for (int j = 0; j < b.films(); j++) {
            Integer i = seen.get(ByteBuffer.wrap(b.digest()[j]));
            if (i != null) {
                throw new IOException("Film %d of %s and film %d of %s have the same pixels: what thresholds were fitted on must not be measured. Make the sets anew."
                    .formatted(i + 1, a.name(), j + 1, b.name()));
            }
        }
    }
}
