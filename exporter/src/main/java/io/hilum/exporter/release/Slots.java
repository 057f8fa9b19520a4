package io.hilum.exporter.release;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A line's next release from its last one: one generation on, bundles moved between slots. No state. */
final class Slots {

    private Slots() {}

    /** Staged beside what serves. */
    static ModelRelease.Builder staged(Optional<ModelRelease> current, String line, BundlePointer bundle, boolean shadow) {
        return next(current, line).setStaged(bundle).setShadow(shadow);
    }

    /**
     * The bundle serves, the one that did becomes the fallback. One that the instances refused is none; then the former
     * fallback stays.
     *
     * @param refused versions that some instance refused and none serves
     */
    static ModelRelease.Builder activated(Optional<ModelRelease> current, String line, BundlePointer bundle, Set<String> refused) {
        ModelRelease.Builder next = next(current, line).setActive(bundle).clearStaged().clearShadow();
        current.filter(before -> before.hasActive() && !refused.contains(before.getActive().getVersion()))
                .filter(before -> !before.getActive().equals(bundle))
                .ifPresent(before -> next.setFallback(before.getActive()));
        return next;
    }

    /** Nothing is staged any more. */
    static ModelRelease.Builder withdrawn(ModelRelease current) {
        return next(Optional.of(current), current.getLine()).clearStaged().clearShadow();
    }

    /**
     * The fallback serves. What served is no fallback: somebody has just decided that it is not to serve. Nor does
     * anything stay staged: one thing at a time.
     */
    static ModelRelease.Builder rolledBack(ModelRelease current) {
        return next(Optional.of(current), current.getLine())
                .setActive(current.getFallback()).clearFallback().clearStaged().clearShadow();
    }

    private static ModelRelease.Builder next(Optional<ModelRelease> current, String line) {
        Instant now = Instant.now();
        return current.map(ModelRelease::toBuilder).orElseGet(ModelRelease::newBuilder)
                .setLine(line)
                .setGeneration(current.map(ModelRelease::getGeneration).orElse(0L) + 1)
                .setReleased(TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano()));
    }
}
