package io.hilum.processor.service;

import io.hilum.contracts.topic.Topics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Says as metrics what health says as words: the stream's state, how many images wait, whether this instance gets on, and
 * whether the model is the one that was released. There from the start, also while the stream waits for a model.
 */
final class StreamMeters {

    private StreamMeters() {}

    static void bind(MeterRegistry registry, ScoringService service) {
        for (KafkaStreams.State state : KafkaStreams.State.values()) {
            Gauge.builder("hilum.processor.stream.state", service, now -> now.streamsState().filter(state::equals).isPresent() ? 1 : 0)
                    .description("1 for the state that the stream is in; none before it starts").tag("state", state.name())
                    .register(registry);
        }
        for (String topic : List.of(Topics.IMAGES.name(), Topics.IMAGES_STAT.name())) {
            Gauge.builder("hilum.processor.lag", service, now -> now.lag(topic))
                    .description("images on the topic that no instance has committed").tag("topic", topic).register(registry);
        }
        TimeGauge.builder("hilum.processor.stalled", service, TimeUnit.MILLISECONDS, now -> now.stalled().toMillis())
                .description("how long images wait for this instance and nothing is committed").register(registry);
        Gauge.builder("hilum.processor.model.trouble", service, now -> now.modelTrouble().isEmpty() ? 0 : 1)
                .description("1 while the last release does not serve as it says").register(registry);
        Gauge.builder("hilum.processor.engine.fault", service, now -> now.models().fault().isEmpty() ? 0 : 1)
                .description("1 while the engine of a line cannot score").register(registry);
    }
}
