package io.hilum.sink.feed;

import io.hilum.sink.store.Result.Effect;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A feed's figures on {@code /q/metrics}. */
final class FeedMeters {

    private final Map<Effect, Counter> records = new EnumMap<>(Effect.class);
    private final Counter failures;
    private final Counter gaps;
    private final Timer batches;

    FeedMeters(MeterRegistry registry, FeedState state) {
        String topic = state.topic();
        for (Effect effect : Effect.values()) {
            records.put(effect, Counter.builder("hilum.sink.records")
                    .description("Records read, by what they did: stored, known (replay), older revision, poison")
                    .tag("topic", topic).tag("effect", effect.name().toLowerCase(Locale.ROOT)).register(registry));
        }
        failures = Counter.builder("hilum.sink.feed.failures")
                .description("Times that a feed had to wait for the database or the broker")
                .tag("topic", topic).register(registry);
        gaps = Counter.builder("hilum.sink.feed.lost")
                .description("Records that the topic deleted before they were stored")
                .tag("topic", topic).register(registry);
        batches = Timer.builder("hilum.sink.store").description("One batch's database transaction")
                .tag("topic", topic).publishPercentiles(0.5, 0.99).register(registry);
        Gauge.builder("hilum.sink.feed.lag", state, FeedState::lag)
                .description("Records not yet stored; -1 before the broker answered").tag("topic", topic).register(registry);
    }

    void stored(List<Effect> effects, Duration took) {
        effects.forEach(effect -> records.get(effect).increment());
        batches.record(took);
    }

    void failed() {
        failures.increment();
    }

    void lost(long count) {
        gaps.increment(count);
    }
}
