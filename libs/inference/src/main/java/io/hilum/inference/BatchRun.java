package io.hilum.inference;

import java.util.ArrayList;
import java.util.List;

/**
 * One batch on one engine. When the engine refuses the batch it is halved until the poison image stands
 * alone: its neighbours get their scores, it alone fails.
 *
 * <p>Before an image is blamed the engine has to compute a sound input. When it cannot do that either, the
 * engine is broken, and what failed fails with {@link BrokenEngineException}.
 *
 * <p>Threading: created and used by one worker; futures complete on that worker, with no lock held.
 */
final class BatchRun {

    private record Failed(Waiting waiting, Throwable cause) {}

    private final InferenceEngine engine;
    private final long startedNanos = System.nanoTime();

    BatchRun(InferenceEngine engine) {
        this.engine = engine;
    }

    void run(List<Waiting> batch) {
        List<Failed> failed = new ArrayList<>();
        attempt(batch, failed);
        if (!failed.isEmpty()) {
            blame(failed);
        }
    }

    private void attempt(List<Waiting> batch, List<Failed> failed) {
        List<InferenceResult> results;
        try {
            results = engine.infer(batch.stream().map(Waiting::request).toList());
            if (results.size() != batch.size()) {
                throw new InferenceException("The engine " + engine.identity().engine() + " returned " + results.size()
                        + " results for a batch of " + batch.size() + ".");
            }
        } catch (RuntimeException | Error refused) {
            // An Error too: memory that is short for a batch may do for one image, and the worker must live on.
            if (batch.size() == 1) {
                failed.add(new Failed(batch.get(0), refused));
            } else {
                int half = batch.size() / 2;
                attempt(batch.subList(0, half), failed);
                attempt(batch.subList(half, batch.size()), failed);
            }
            return;
        }
        for (int i = 0; i < results.size(); i++) {
            Waiting waiting = batch.get(i);
            waiting.future().complete(results.get(i).queued(startedNanos - waiting.submittedNanos()));
        }
    }

    private void blame(List<Failed> failed) {
        String name = engine.identity().engine();
        try {
            engine.computeSoundInput();
        } catch (RuntimeException | Error broken) {
            failed.forEach(each -> each.waiting.future().completeExceptionally(new BrokenEngineException(
                    "The engine " + name + " is broken: it fails on a blank image as well: " + broken, each.cause)));
            return;
        }
        failed.forEach(each -> each.waiting.future().completeExceptionally(new InferenceException(
                "The image could not be scored by " + name + ": " + each.cause.getMessage(), each.cause)));
    }
}
