package io.hilum.inference;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Images of one urgency, those of the earliest work first and else in the order they came, with the memory they hold. Not
 * thread-safe: {@link Lanes} owns it.
 */
final class Lane {

    private record Place(Waiting waiting, long number) {}

    private final PriorityQueue<Place> images = new PriorityQueue<>(
            Comparator.<Place>comparingLong(place -> place.waiting.request().since()).thenComparingLong(Place::number));
    private long numbers;
    private long bytes;

    void add(Waiting waiting) {
        images.add(new Place(waiting, numbers++));
        bytes += waiting.bytes();
    }

    Waiting first() {
        return images.element().waiting;
    }

    Waiting take() {
        Waiting first = images.remove().waiting;
        bytes -= first.bytes();
        return first;
    }

    boolean remove(Waiting waiting) {
        boolean waited = images.removeIf(place -> place.waiting == waiting);
        if (waited) {
            bytes -= waiting.bytes();
        }
        return waited;
    }

    void moveAllTo(List<Waiting> all) {
        while (!images.isEmpty()) {
            all.add(take());
        }
    }

    boolean isEmpty() {
        return images.isEmpty();
    }

    int size() {
        return images.size();
    }

    long bytes() {
        return bytes;
    }
}
