package io.hilum.processor.study;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageTimes;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.processor.metrics.DeadLetterMeter;
import io.hilum.processor.metrics.Histograms;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted about studies. Threading: free to share. */
public final class StudyMeters {

    private final MeterRegistry registry;
    private final DeadLetterMeter deadLetters;
    private final Counter duplicates;
    private final Timer delay;
    private final Timer total;
    private final AtomicLong lastFinding = new AtomicLong();

    public StudyMeters(MeterRegistry registry) {
        this.registry = registry;
        deadLetters = new DeadLetterMeter(registry);
        // There from the start, at zero: a rate over a series that does not exist is no zero but nothing.
        for (FindingsStatus status : FindingsStatus.values()) {
            if (status != FindingsStatus.UNRECOGNIZED && status.getNumber() != 0) {
                revisions(status);
            }
        }
        duplicates = Counter.builder("hilum.processor.duplicates").description("images that their study had already").register(registry);
        delay = Histograms.time("hilum.processor.delay")
                .description("from an image's last byte at the door to its study's revision, before the commit")
                .register(registry);
        total = Histograms.time("hilum.processor.total")
                .description("from an image's arrival in the stream to its study's revision, before the commit")
                .register(registry);
        TimeGauge.builder("hilum.processor.since.last.finding", lastFinding, TimeUnit.MILLISECONDS,
                        last -> last.get() == 0 ? Double.NaN : System.currentTimeMillis() - last.get())
                .description("how long ago this instance published a finding; not a number before the first one")
                .strongReference(true)
                .register(registry);
    }

    void published(StudyFindings study) {
        revisions(study.getStatus()).increment();
        lastFinding.set(System.currentTimeMillis());
        long micros = study.getTimes().getEmitted() - study.getTimes().getLastReceived();
        if (study.getStatus() == FindingsStatus.PRELIMINARY && micros >= 0) {
            delay.record(micros, TimeUnit.MICROSECONDS);
        }
        if (study.getNewSopInstanceUidsCount() > 0) {
            // The image of this revision is the last one of the list.
            ImageTimes image = study.getImages(study.getImagesCount() - 1).getTimes();
            total.record(Math.max(0, image.getForwarded() - image.getConsumed()), TimeUnit.MICROSECONDS);
        }
    }

    private Counter revisions(FindingsStatus status) {
        return registry.counter("hilum.processor.revisions", "status", status.name());
    }

    void dead(DeadLetter letter) {
        deadLetters.count(letter);
    }

    void duplicate() {
        duplicates.increment();
    }
}
