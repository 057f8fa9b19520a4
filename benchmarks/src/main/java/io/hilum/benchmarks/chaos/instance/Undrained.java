package io.hilum.benchmarks.chaos.instance;

import io.hilum.processor.event.Incoming;
import io.hilum.processor.score.PendingWork;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The scoring operator whose commits do not wait for the images under way: what the stream would be without the drain. */
record Undrained(ProcessorSupplier<String, Incoming, String, Object> real) implements ProcessorSupplier<String, Incoming, String, Object> {

    @Override
    public Processor<String, Incoming, String, Object> get() {
        return real.get();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(new PendingWork.Builder() {
            @Override
            public PendingWork build() {
                return new PendingWork() {
                    @Override
                    public void flushCache() {
                        // The drain is off.
                    }
                };
            }
        });
    }
}
