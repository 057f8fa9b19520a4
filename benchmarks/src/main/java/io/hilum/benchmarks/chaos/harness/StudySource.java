package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.check.Sent;
import io.hilum.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Studies of one to six images, many at a time, one image of each in turn at random. Some are STAT, some images come twice,
 * some studies get an image long after the others. Owned by one thread.
 */
final class StudySource {

    private static final int AT_ONCE = 24;
    private static final int MOST_IMAGES = 6;
    private static final double STAT = 0.15;
    private static final double REPEATED = 0.04;
    private static final double LATE = 0.03;
    private static final int REMEMBERED = 200;

    private final Random random;
    private final Films films;
    private final String prefix;
    private final long lateNanos;
    private final List<Study> open = new ArrayList<>();
    private final Deque<Study> late = new ArrayDeque<>();
    private final Deque<Outgoing> recent = new ArrayDeque<>();
    private int numbers;

    /** @param late how long after the others a late image comes */
    StudySource(long seed, Duration late) {
        this.random = new Random(seed);
        this.films = new Films(random);
        this.prefix = "2.25." + (seed & Long.MAX_VALUE) + ".";
        this.lateNanos = late.toNanos();
    }

    private static final class Study {
        private final String uid;
        private final String topic;
        private final int size;
        private int sent;
        private long due;

        Study(String uid, String topic, int size) {
            this.uid = uid;
            this.topic = topic;
            this.size = size;
        }
    }

    /** The next record. */
    Outgoing next() {
        if (!recent.isEmpty() && random.nextDouble() < REPEATED) {
            return List.copyOf(recent).get(random.nextInt(recent.size())).again();
        }
        if (!late.isEmpty() && System.nanoTime() - late.getFirst().due >= 0) {
            return filmOf(late.removeFirst());
        }
        while (open.size() < AT_ONCE) {
            open.add(begin());
        }
        int place = random.nextInt(open.size());
        Study study = open.get(place);
        Outgoing film = filmOf(study);
        int left = study.size - study.sent;
        if (left == 0) {
            open.remove(place);
        } else if (left == 1 && random.nextDouble() < LATE * MOST_IMAGES) {
            open.remove(place);
            study.due = System.nanoTime() + lateNanos;
            late.addLast(study);
        }
        return film;
    }

    /** A poison record, in the middle of a study that goes on. */
    Outgoing poison(Sent.Kind kind) {
        if (open.isEmpty()) {
            open.add(begin());
        }
        Study study = open.get(random.nextInt(open.size()));
        if (kind == Sent.Kind.GARBAGE) {
            return films.garbage(study.topic, study.uid);
        }
        return films.film(study.topic, study.uid, ++numbers, kind);
    }

    /** An image that was held back, without regard to its time; empty when none is left. */
    Optional<Outgoing> nextLate() {
        return Optional.ofNullable(late.pollFirst()).map(this::filmOf);
    }

    private Study begin() {
        return new Study(prefix + ++numbers, random.nextDouble() < STAT ? Topics.IMAGES_STAT.name() : Topics.IMAGES.name(),
                1 + random.nextInt(MOST_IMAGES));
    }

    private Outgoing filmOf(Study study) {
        Outgoing film = films.film(study.topic, study.uid, ++numbers, Sent.Kind.IMAGE);
        study.sent++;
        recent.addLast(film);
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
        return film;
    }
}
