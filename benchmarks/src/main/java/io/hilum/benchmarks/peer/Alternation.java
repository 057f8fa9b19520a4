package io.hilum.benchmarks.peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Two rates measured in turn, and their ratio pair by pair: a machine gets faster and slower by the minute, two rounds side
 * by side hardly. Who begins changes from pair to pair.
 *
 * @param ours what a second brings
 * @param ratio ours by theirs
 */
public record Alternation(Quartiles ours, Quartiles theirs, Quartiles ratio) {

    /** Something done again and again. */
    @FunctionalInterface
    public interface Rate {
        /** @return how much of it a second, measured for about that long */
        double measure(double seconds) throws IOException;
    }

    /** @param seconds about what one round of either takes */
    public static Alternation of(Rate ours, Rate theirs, int pairs, double seconds) throws IOException {
        // Compiles, chooses kernels, fills caches.
        ours.measure(seconds / 4);
        theirs.measure(seconds / 4);
        List<Double> our = new ArrayList<>();
        List<Double> their = new ArrayList<>();
        List<Double> ratio = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            double first = i % 2 == 0 ? ours.measure(seconds) : theirs.measure(seconds);
            double second = i % 2 == 0 ? theirs.measure(seconds) : ours.measure(seconds);
            our.add(i % 2 == 0 ? first : second);
            their.add(i % 2 == 0 ? second : first);
            ratio.add(i % 2 == 0 ? first / second : second / first);
        }
        return new Alternation(Quartiles.of(our), Quartiles.of(their), Quartiles.of(ratio));
    }
}
