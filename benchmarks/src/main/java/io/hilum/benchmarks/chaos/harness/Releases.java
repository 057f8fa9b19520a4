package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.check.Released;
import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topics;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Announces bundles, a generation each; what it announces is written down before. Owned by one thread. */
final class Releases implements AutoCloseable {

    private final BundleSource bundles;
    private final JsonLines ledger;
    private final Producer<String, ModelRelease> producer;
    private long generation;
    private BundlePointer active;

    Releases(String bootstrap, BundleSource bundles, JsonLines ledger) {
        this.bundles = bundles;
        this.ledger = ledger;
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", "0"),
                new StringSerializer(), EventSerde.of(Topics.MODELS, Topics.MODEL_RELEASE).serializer());
    }

    /** The bundle that is to serve next. */
    BundlePointer next() throws IOException {
        return bundles.next();
    }

    /** Says that a bundle shall be kept warm; returns the generation. */
    long stage(BundlePointer bundle) throws IOException, InterruptedException {
        note(bundle, "staged");
        return send(release().setStaged(bundle));
    }

    /** Says that a bundle shall serve, and the one before be its fallback; returns the generation. */
    long activate(BundlePointer bundle) throws IOException, InterruptedException {
        note(bundle, "active");
        BundlePointer before = active;
        active = bundle;
        ModelRelease.Builder release = release();
        return send(before == null ? release : release.setFallback(before));
    }

    @Override
    public void close() {
        producer.close();
    }

    private ModelRelease.Builder release() {
        return ModelRelease.newBuilder().setLine(bundles.line()).setGeneration(++generation).setActive(active)
                .setDecidedBy("chaos").setReleased(Clock.micros());
    }

    private void note(BundlePointer bundle, String slot) throws IOException {
        ledger.write(new Released(bundles.line(), bundle.getVersion(), generation + 1, slot, Clock.micros()));
        ledger.flush();
    }

    private long send(ModelRelease.Builder release) throws InterruptedException {
        try {
            producer.send(new ProducerRecord<>(Topics.MODELS.name(), bundles.line(), release.build())).get();
            return release.getGeneration();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("A release could not be announced: " + failed.getCause(), failed);
        }
    }
}
