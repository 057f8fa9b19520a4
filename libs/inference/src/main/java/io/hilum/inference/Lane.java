package io.hilum.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Images of one urgency in the order they came, with the memory they hold. Not thread-safe: {@link Lanes} owns it. */
final class Lane {

    private final Deque<Waiting> images = new ArrayDeque<>();
    private long bytes;

    void add(Waiting waiting) {
        images.addLast(waiting);
        bytes += waiting.bytes();
    }

    Waiting first() {
        return images.getFirst();
    }

    Waiting take() {
        Waiting first = images.removeFirst();
        bytes -= first.bytes();
        return first;
    }

    boolean remove(Waiting waiting) {
        boolean waited = images.remove(waiting);
        if (waited) {
            bytes -= waiting.bytes();
        }
        return waited;
    }

    void moveAllTo(List<Waiting> all) {
        all.addAll(images);
        images.clear();
        bytes = 0;
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
