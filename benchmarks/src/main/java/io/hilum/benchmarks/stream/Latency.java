package io.hilum.benchmarks.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.hilum.benchmarks.peer.Quartiles;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.ImageTimes;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.topic.Topics;
import io.hilum.processor.score.Scorer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How long images take that come one by one, at random moments (a Poisson process, seeded), from the producer's send to a
 * read-committed subscriber, in milliseconds.
 *
 * @param total all of it
 * @param added what is left of it without waiting for a batch, without the batch's computation, and without the time from
 *     leaving the operators to being seen as far as the commit interval explains it (at most one interval)
 * @param parts what {@code added} is made of
 */
record Latency(List<Double> total, List<Double> added, Parts parts) {

    /**
     * @param taken from the producer's send until a stream thread takes the record
     * @param prepared decoding the canvas
     * @param handed out of the scorer and into its study
     * @param committed beyond the commit interval
     */
    record Parts(List<Double> taken, List<Double> prepared, List<Double> handed, List<Double> committed) {

        Parts() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public String toString() {
            return Stream.of(Map.entry("taken", taken), Map.entry("prepared", prepared), Map.entry("handed on", handed),
                            Map.entry("committed", committed))
                    .map(part -> "%s %.1f/%.1f".formatted(part.getKey(), quantile(warm(part.getValue()), 0.5), quantile(warm(part.getValue()), 0.99)))
                    .collect(Collectors.joining(", "));
        }
    }

    private static final long SEED = 3;
    /** The first ones find everything cold. */
    private static final int COLD = 50;

    static Latency measure(House house, Films films, Scorer scorer, StreamOptions options, double rate, double seconds)
            throws IOException {
        int images = COLD + (int) Math.round(rate * seconds);
        List<Double> total = new ArrayList<>();
        List<Double> added = new ArrayList<>();
        Parts parts = new Parts();
        Thread door = new Thread(() -> send(house, films, images, rate), "door");
        try (StreamSide stream = new StreamSide(house, scorer, options); Watch watch = new Watch(house.bootstrap())) {
            door.start();
            watch.await(images, (value, seen) -> {
                ImageTimes times = newestImage(value).getTimes();
                double all = (seen - times.getDoor().getPublished()) / 1e3;
                double left = (seen - times.getForwarded()) / 1e3;
                double commit = Math.min(options.commitMillis(), Math.max(0, left));
                double scored = (times.getQueueUs() + times.getComputeUs()) / 1e3;
                total.add(all);
                added.add(all - scored - commit);
                parts.taken.add((times.getConsumed() - times.getDoor().getPublished()) / 1e3);
                parts.prepared.add(times.getPrepareUs() / 1e3);
                parts.handed.add((times.getForwarded() - times.getConsumed() - times.getPrepareUs()) / 1e3 - scored);
                parts.committed.add(left - commit);
            });
            door.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", stopped);
        }
        return new Latency(warm(total), warm(added), parts);
    }

    Quartiles quartiles() {
        return Quartiles.of(total);
    }

    /** @param values in milliseconds */
    static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }

    private static List<Double> warm(List<Double> all) {
        return List.copyOf(all.subList(COLD, all.size()));
    }

    private static ImageFindings newestImage(byte[] value) {
        try {
            StudyFindings study = StudyFindings.parseFrom(value);
            return study.getImages(study.getImagesCount() - 1);
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void send(House house, Films films, int images, double rate) {
        Random random = new Random(SEED);
        try (Producer<String, Message> door = house.door()) {
            long began = System.nanoTime();
            double due = 0;
            for (int i = 0; i < images; i++) {
                due -= Math.log(1 - random.nextDouble()) / rate;
                for (double early = due - since(began); early > 0; early = due - since(began)) {
                    LockSupport.parkNanos((long) (early * 1e9));
                }
                ImageReceived image = films.event(i);
                door.send(new ProducerRecord<>(Topics.IMAGES.name(), image.getStudyUid(), image));
            }
        }
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
