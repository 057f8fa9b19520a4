package io.hilum.trainer.train;

import io.hilum.trainer.data.Batch;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.net.Loss;
import java.util.ArrayList;
import java.util.List;

/**
 * The films of each step of a training, all passes of the step in one batch. They follow from seed and step alone.
 * Any thread.
 */
final class StepBatches {
    private final BatchLoader loader;
    private final Smoothing smoothing;
    private final int perEpoch;

    StepBatches(TrainOptions options, FilmSelection films) {
        this.loader = new BatchLoader(films, options.size(), options.stepFilms(), options.augmentation(), options.seed(),
            options.objective().boxWeight() > 0);
        if (loader.batches() < 1) {
            throw new IllegalArgumentException("%d films do not fill one step of %d (--batch %d, --accumulate %d).".formatted(
                films.films(), options.stepFilms(), options.batch(), options.accumulate()));
        }
        this.perEpoch = Math.max(1, (int) Math.floor(loader.batches() * options.epochShare()));
        this.smoothing = options.objective().smooth() ? new Smoothing(films, options.seed()) : null;
        if (options.objective().loss() == Loss.CE) {
            refuseSeveralClasses(films);
        }
    }

    private static void refuseSeveralClasses(FilmSelection films) {
        FilmCache cache = films.cache();
        for (int i = 0; i < films.films(); i++) {
            int found = 0;
            boolean unknown = false;
            for (int l = 0; l < cache.labelNames().size(); l++) {
                found += films.label(i, l) == 1 ? 1 : 0;
                unknown |= films.label(i, l) == FilmCache.UNKNOWN;
            }
            if (!unknown && found != 1) {
                throw new IllegalArgumentException("%s, film %d %s: it has %d of the labels %s, but the loss ce needs exactly one. Use --loss bce."
                    .formatted(cache.file(), films.film(i) + 1, cache.name(films.film(i)), found, cache.labelNames()));
            }
        }
    }

    /** Steps of an epoch. */
    int perEpoch() {
        return perEpoch;
    }

    /** What a person should know about the films; empty when there is nothing to say. */
    List<String> remarks() {
        List<String> out = new ArrayList<>();
        FilmSelection films = loader.films();
        for (int l = 0; l < films.cache().labelNames().size(); l++) {
            boolean[] seen = new boolean[2];
            for (int i = 0; i < films.films(); i++) {
                int label = films.label(i, l);
                if (label != FilmCache.UNKNOWN) {
                    seen[label] = true;
                }
            }
            if (!seen[0] || !seen[1]) {
                out.add("Nothing can be learned about %s: no film is known to be %s.".formatted(films.cache().labelNames().get(l),
                    seen[0] ? "positive" : seen[1] ? "negative" : "either positive or negative"));
            }
        }
        if (smoothing != null && !smoothing.changesSomething()) {
            out.add("Smoothing changes nothing: no label of these films is marked as uncertain.");
        }
        return out;
    }

    /** The films of a step, from 0. */
    Batch at(long step) {
        int epoch = (int) (step / perEpoch);
        int index = (int) (step % perEpoch);
        int[] positions = loader.order(epoch);
        Batch batch = loader.training(positions, epoch, index);
        if (smoothing != null) {
            smoothing.apply(batch.targets(), positions, index * loader.batch());
        }
        return batch;
    }

    /** Lets the memory of a batch that is done with be used again. */
    void giveBack(Batch done) {
        loader.giveBack(done);
    }
}
