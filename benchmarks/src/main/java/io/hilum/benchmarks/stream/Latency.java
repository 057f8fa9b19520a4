package io.hilum.benchmarks.stream;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.hilum.benchmarks.peer.Quartiles;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.ImageTimes;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How long images take that come one by one, at random moments (a Poisson process, seeded), from the producer's send to a
 * read-committed subscriber, in milliseconds.
 *
 * <p>Beyond queueing, compute and commit interval is what is left of an image's time without: waiting in the batcher, and
 * before that as long as the engine computes others, for then the image would wait whatever the stream does; its
 * batch's computation; and of the time from its result to its being seen as much as the commit interval explains.
 *
 * @param total all of it
 * @param before what is added until the computation begins: send, fetch, a commit of the thread that should take it, decoding
 * @param after what is added from its result on: commits that wait for other images, and their own time
 */
record Latency(List<Double> total, List<Double> before, List<Double> after) {

    private static final long SEED = 3;
    /** The first ones find everything cold, and the processors busy with compiling. */
    private static final double COLD_SECONDS = 10;

    private record Seen(ImageTimes times, long at) {}

    static Latency measure(House house, Films films, RealScorer scorer, StreamOptions options, double rate, double seconds)
            throws IOException {
        int cold = (int) Math.round(rate * COLD_SECONDS);
        int images = cold + (int) Math.round(rate * seconds);
        List<Seen> all = new ArrayList<>();
        Thread door = new Thread(() -> send(house, films, images, rate), "door");
        try (StreamSide stream = new StreamSide(house, scorer.scorer(), options); Watch watch = new Watch(house.bootstrap())) {
            door.start();
            watch.await(images, (value, seen) -> all.add(new Seen(newestImage(value).getTimes(), seen)));
            door.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted.", stopped);
        }
        Latency latency = new Latency(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        all.subList(cold, all.size()).forEach(image -> latency.add(image, scorer.busy(), options.commitMillis()));
        return latency;
    }

    private void add(Seen image, BusyTimes busy, int commitMillis) {
        ImageTimes times = image.times;
        long sent = times.getDoor().getPublished();
        long queued = times.getConsumed() + times.getPrepareUs();
        long scored = queued + times.getQueueUs() + times.getComputeUs() + times.getOutputUs();
        total.add((image.at - sent) / 1e3);
        before.add((queued - sent - busy.within(sent, queued)) / 1e3);
        after.add(Math.max(0, (image.at - scored) / 1e3 - commitMillis));
    }

    /** Of each image. */
    List<Double> added() {
        return IntStream.range(0, total.size()).mapToObj(i -> before.get(i) + after.get(i)).toList();
    }

    Quartiles quartiles() {
        return Quartiles.of(total);
    }

    /** @param values in milliseconds */
    static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
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
