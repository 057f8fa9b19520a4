package io.hilum.benchmarks.gpu;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a {@link Job}: all of it, or what there was when the time was over or something failed.
 *
 * @param computed null where nothing was computed
 * @param speeds empty where the numbers were wrong: the speed of another network says nothing
 * @param bare images a second by batch size of a loop that only enqueues; Hilum's side only
 * @param remarks sentences for people: what failed, what was timed in a slower way than meant
 */
record Measured(Computed computed, List<Speed> speeds, Map<Integer, Double> bare, List<String> remarks) {
    Measured {
        speeds = List.copyOf(speeds);
        bare = Map.copyOf(new TreeMap<>(bare));
        remarks = List.copyOf(remarks);
    }
}
