package io.hilum.processor.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.processor.TestOptions;
import io.hilum.processor.event.MicroClock;
import io.hilum.processor.trace.StreamTracer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.junit.jupiter.api.Test;

class SweepTest {

    @Test
    void aRevivedTaskDoesNotSweepTwice() {
        Processor<String, StudyEvent, String, Object> assemble = AssembleProcessor.supplier(TestOptions.topology().study(),
                new StudyMeters(new SimpleMeterRegistry()), MicroClock.SYSTEM, StreamTracer.PASSING, Backlog.NONE, "findings", "dead").get();
        MockProcessorContext<String, Object> context = new MockProcessorContext<>();
        assemble.init(context);
        long once = running(context);
        assemble.init(context);
        assertEquals(once, running(context));
        assemble.close();
        assertEquals(0, running(context));
    }

    private static long running(MockProcessorContext<String, Object> context) {
        return context.scheduledPunctuators().stream().filter(each -> !each.cancelled()).count();
    }
}
