package io.hilum.inference;

import java.util.ArrayList;
import java.util.List;

/**
 * One batch on one engine. When the engine refuses the batch it is halved until the poison image stands
 * alone: its neighbours get their scores, it alone fails.
 *
 * <p>Before an image is blamed the engine has to compute a sound input. When it cannot do that either, the
 * engine is broken, and what failed fails with {@link BrokenEngineException}. When it can, each image is computed
 * once more: a failure that does not come again was the engine's, not the image's.
 *
 * <p>Threading: created and used by one worker.
 */
final class BatchRun {

    private record Failed(Waiting waiting, Throwable cause) {}

    private final InferenceEngine engine;
    private final long startedNanos = System.nanoTime();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Failed> failed = new ArrayList<>();

    BatchRun(InferenceEngine engine) {
        this.engine = engine;
    }

    /** @return one outcome an image, whatever the engine does */
    List<Outcome> run(List<Waiting> batch) {
        attempt(batch);
        if (!failed.isEmpty()) {
            blame();
        }
        return outcomes;
    }

    private void attempt(List<Waiting> batch) {
        try {
            outcomes.addAll(compute(batch));
        } catch (RuntimeException | Error refused) {
            // An Error too: memory that is short for a batch may do for one image, and the worker must live on.
            if (batch.size() == 1) {
                failed.add(new Failed(batch.get(0), refused));
            } else {
                int half = batch.size() / 2;
                attempt(batch.subList(0, half));
                attempt(batch.subList(half, batch.size()));
            }
        }
    }

    private List<Outcome> compute(List<Waiting> batch) {
        List<InferenceResult> results = engine.infer(batch.stream().map(Waiting::request).toList());
        if (results.size() != batch.size()) {
            throw new InferenceException("The engine " + name() + " returned " + results.size()
                    + " results for a batch of " + batch.size() + ".");
        }
        List<Outcome> done = new ArrayList<>(batch.size());
        for (int i = 0; i < results.size(); i++) {
            Waiting waiting = batch.get(i);
            if (results.get(i) == null) {
                throw new InferenceException("The engine " + name() + " returned no result for an image.");
            }
            done.add(Outcome.of(waiting, results.get(i).queued(startedNanos - waiting.submittedNanos())));
        }
        return done;
    }

    private void blame() {
        if (!isSound(failed)) {
            return;
        }
        List<Failed> again = new ArrayList<>();
        for (Failed each : failed) {
            try {
                outcomes.addAll(compute(List.of(each.waiting)));
            } catch (RuntimeException | Error refused) {
                again.add(new Failed(each.waiting, refused));
            }
        }
        if (!again.isEmpty() && isSound(again)) {
            again.forEach(each -> outcomes.add(Outcome.failed(each.waiting, new InferenceException(
                    "The image could not be scored by " + name() + ": " + each.cause.getMessage(), each.cause))));
        }
    }

    /** Whether the engine computes a blank image; when it does not, what failed fails for that. */
    private boolean isSound(List<Failed> suspects) {
        try {
            engine.computeSoundInput();
            return true;
        } catch (RuntimeException | Error broken) {
            suspects.forEach(each -> outcomes.add(Outcome.failed(each.waiting, new BrokenEngineException(
                    "The engine " + name() + " is broken: it fails on a blank image as well: " + broken, each.cause))));
            return false;
        }
    }

    /** An engine that cannot even say its name must not keep its images from failing. */
    private String name() {
        try {
            return engine.identity().engine();
        } catch (RuntimeException | Error broken) {
            return "without a name";
        }
    }
}
