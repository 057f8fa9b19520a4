package io.hilum.exporter.release;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.Slot;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the living instances made of a staged bundle.
 *
 * @param loaded instances that are ready to serve it
 * @param refused reasons by instance
 * @param silent instances that have not answered, with what keeps them where they said it
 */
record Answers(Set<String> loaded, Map<String, String> refused, Map<String, String> silent) {

    /** @param live instances that are to serve the line */
    static Answers of(Set<String> live, Iterable<ModelStatus> statuses, ModelRelease staged) {
        Set<String> loaded = new TreeSet<>();
        Map<String, String> refused = new TreeMap<>();
        Map<String, String> silent = new TreeMap<>();
        live.forEach(instance -> silent.put(instance, ""));
        for (ModelStatus status : statuses) {
            boolean answer = status.getLine().equals(staged.getLine()) && status.getSlot() == Slot.STAGED
                    && status.getGeneration() == staged.getGeneration() && live.contains(status.getInstance());
            if (!answer) {
                continue;
            }
            if (status.getState() == ModelState.LOADED) {
                loaded.add(status.getInstance());
                silent.remove(status.getInstance());
            } else if (status.getState() == ModelState.REFUSED) {
                refused.put(status.getInstance(), status.getReason());
                silent.remove(status.getInstance());
            } else {
                silent.put(status.getInstance(), status.getReason());
            }
        }
        return new Answers(loaded, refused, silent);
    }

    int instances() {
        return loaded.size() + refused.size() + silent.size();
    }

    boolean isComplete() {
        return silent.isEmpty();
    }

    /** Whether enough have loaded it. */
    boolean reach(double quorum) {
        return loaded.size() >= quorum * instances();
    }

    /** Whether enough would have loaded it if all that are silent did. */
    boolean canReach(double quorum) {
        return loaded.size() + silent.size() >= quorum * instances();
    }

    /** Who refuses, one line each. */
    String refusals() {
        return inLines(refused, "no reason given");
    }

    /** Who is silent, one line each. */
    String silence() {
        return inLines(silent, "no answer");
    }

    private static String inLines(Map<String, String> instances, String otherwise) {
        return instances.entrySet().stream()
                .map(each -> "  " + each.getKey() + ": " + (each.getValue().isEmpty() ? otherwise : each.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
