package io.hilum.inference;

import java.util.List;

/**
 * One batch on one engine. When the engine refuses the batch it is halved until the poison image stands
 * alone: its neighbours get their scores, it alone fails.
 *
 * <p>Threading: created and used by one worker; futures complete on that worker, with no lock held.
 */
final class BatchRun {

    private final InferenceEngine engine;
    private final long startedNanos = System.nanoTime();

    BatchRun(InferenceEngine engine) {
        this.engine = engine;
    }

    void run(List<Waiting> batch) {
        List<InferenceResult> results;
        try {
            results = engine.infer(batch.stream().map(Waiting::request).toList());
            if (results.size() != batch.size()) {
                throw new InferenceException("The engine " + engine.identity().engine() + " returned " + results.size()
                        + " results for a batch of " + batch.size() + ".");
            }
        } catch (RuntimeException refused) {
            halve(batch, refused);
            return;
        } catch (Error broken) {
            // Memory or linkage: smaller batches prove nothing, and the worker must live on.
            batch.forEach(waiting -> waiting.future().completeExceptionally(
                    new InferenceException("The engine " + engine.identity().engine() + " broke: " + broken, broken)));
            return;
        }
        for (int i = 0; i < results.size(); i++) {
            Waiting waiting = batch.get(i);
            waiting.future().complete(results.get(i).queued(startedNanos - waiting.submittedNanos()));
        }
    }

    private void halve(List<Waiting> batch, RuntimeException refused) {
        if (batch.size() == 1) {
            batch.get(0).future().completeExceptionally(new InferenceException(
                    "The image could not be scored by " + engine.identity().engine() + ": " + refused.getMessage(), refused));
            return;
        }
        int half = batch.size() / 2;
        run(batch.subList(0, half));
        run(batch.subList(half, batch.size()));
    }
}
