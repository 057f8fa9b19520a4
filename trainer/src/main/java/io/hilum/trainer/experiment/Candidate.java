package io.hilum.trainer.experiment;

import java.util.List;
import java.util.Locale;

/**
 * A learning rate and layer decay that an arm may choose. The published 1e-3 at 1,024 films a step is 1.25e-4 at 16 by
 * the square-root rule; short runs from scratch often want more, and lower layers that are already good want less.
 */
record Candidate(String id, double learningRate, double layerDecay) {
    static final List<Candidate> ALL = List.of(
        new Candidate("a", 1.25e-4, 1), new Candidate("b", 5e-4, 1), new Candidate("c", 5e-4, 0.75));

    static Candidate of(String id) {
        return ALL.stream().filter(c -> c.id.equals(id)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("There is no candidate '" + id + "'."));
    }

    String words() {
        return String.format(Locale.ROOT, "%s: learning rate %.3g, layer decay %.2f", id, learningRate, layerDecay);
    }
}
