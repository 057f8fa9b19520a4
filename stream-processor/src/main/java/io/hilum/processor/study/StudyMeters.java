package io.hilum.processor.study;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.StudyFindings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What is counted about studies. Threading: free to share. */
public final class StudyMeters {

    private final MeterRegistry registry;
    private final Timer delay;

    public StudyMeters(MeterRegistry registry) {
        this.registry = registry;
        delay = Timer.builder("hilum.processor.delay")
                .description("from an image's last byte at the door to its study's revision, before the commit")
                .publishPercentileHistogram()
                .register(registry);
    }

    void published(StudyFindings study) {
        registry.counter("hilum.processor.revisions", "status", study.getStatus().name()).increment();
        long micros = study.getTimes().getEmitted() - study.getTimes().getLastReceived();
        if (study.getStatus() == FindingsStatus.PRELIMINARY && micros >= 0) {
            delay.record(micros, TimeUnit.MICROSECONDS);
        }
    }

    void dead(DeadLetter letter) {
        registry.counter("hilum.processor.dead.letters", "code", letter.getCauseCode()).increment();
    }

    void duplicate() {
        registry.counter("hilum.processor.duplicates").increment();
    }
}
