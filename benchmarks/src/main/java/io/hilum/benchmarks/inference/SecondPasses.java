package io.hilum.benchmarks.inference;

import io.hilum.exporter.quantise.LabelledFilms;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import java.util.ArrayList;
import java.util.List;

/**
 * How often an image has more positive labels than the first pass draws maps of, so that it is run again.
 *
 * @param again images that took a second pass
 */
record SecondPasses(int films, int again) {

    private static final int BATCH = 16;

    static SecondPasses measure(InferenceEngine engine, LabelledFilms films, int maps) {
        int again = 0;
        for (int from = 0; from < films.count(); from += BATCH) {
            List<InferenceRequest> batch = new ArrayList<>();
            for (int i = from; i < Math.min(films.count(), from + BATCH); i++) {
                batch.add(InferenceRequest.withAllPositives(films.film(i), maps, false));
            }
            for (InferenceResult result : engine.infer(batch)) {
                again += result.times().passes() > 1 ? 1 : 0;
            }
        }
        return new SecondPasses(films.count(), again);
    }

    double rate() {
        return (double) again / films;
    }
}
