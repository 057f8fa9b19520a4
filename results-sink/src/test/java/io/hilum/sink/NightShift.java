package io.hilum.sink;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ModelState;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.Origin;
import io.hilum.contracts.event.Priority;
import io.hilum.contracts.event.PriorityDecision;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.event.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A night's worth of studies, of every kind that the page tells apart. */
final class NightShift {

    static final String HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">^Eve";

    private NightShift() {}

    static void publish(Topical topical) throws InterruptedException {
        study(topical, "1.9.1", "Almeida^Teresa", 41, 0.12, 0.08, 0.05, 0.21, 0.11, Priority.ROUTINE);
        study(topical, "1.9.2", "Brandt^Ole", 33, 0.22, 0.78, 0.35, 0.61, 0.19, Priority.URGENT);
        study(topical, "1.9.3", "Castellanos-Villanueva^Maria del Carmen", 12, 0.91, 0.33, 0.12, 0.18, 0.08, Priority.STAT);
        study(topical, "1.9.4", "Diallo^Aminata", 9, 0.06, 0.55, 0.07, 0.12, 0.52, Priority.URGENT);
        study(topical, "1.9.5", HOSTILE, 7, 0.07, 0.09, 0.14, 0.16, 0.13, Priority.ROUTINE);
        Instant received = Instant.now().minus(Duration.ofMinutes(26));
        ImageFindings lateral = Samples.unscored("1.9.6.1", View.LATERAL, received, Scope.OUT_OF_SCOPE,
                "Lateral film: the model was trained on frontal films only.");
        topical.publish(Samples.study("1.9.6", "Eriksen^Nils", "P6", Duration.ofMinutes(26)));
        topical.publish(none(Samples.assemble("1.9.6", 1, Priority.PRIORITY_NONE, received, List.of(lateral)),
                "No priority: no film is within the model's scope."));
        ImageFindings broken = Samples.unscored("1.9.7.1", View.AP, received, Scope.NOT_SCORED,
                "The engine failed twice on this film; see the dead letter.");
        topical.publish(Samples.study("1.9.7", "Farrow^Ann", "P7", Duration.ofMinutes(19)));
        topical.publish(none(Samples.assemble("1.9.7", 1, Priority.PRIORITY_NONE, received.plusSeconds(420), List.of(broken)),
                "No priority: the study was not scored."));
        topical.publish(Samples.study("1.9.8", "Grünwald^Jörg=グルン", "P8", Duration.ofSeconds(4)));
        amended(topical);
        letters(topical);
        topical.publish(ModelStatus.newBuilder().setInstance("stream-processor-0").setLine("demo").setGeneration(3)
                .setVersion("2026.1").setState(ModelState.SERVING).setEngine("onnxruntime-1.29.0 cpu fp32")
                .setAt(Samples.micros(Instant.now().minus(Duration.ofHours(5)))).build());
        topical.publish(ModelStatus.newBuilder().setInstance("stream-processor-1").setLine("demo").setGeneration(4)
                .setVersion("2026.2-rc1").setState(ModelState.REFUSED)
                .setReason("model.onnx has another SHA-256 than bundle.json says; 2026.1 goes on serving. Release the bundle again.")
                .setAt(Samples.micros(Instant.now().minus(Duration.ofMinutes(50)))).build());
    }

    private static void study(Topical topical, String uid, String name, int minutes, double pneumothorax, double effusion,
            double nodule, double cardiomegaly, double consolidation, Priority priority) throws InterruptedException {
        topical.publish(Samples.study(uid, name, uid.substring(2), Duration.ofMinutes(minutes)));
        topical.publish(Samples.findings(uid, 1, priority, Duration.ofMinutes(minutes), pneumothorax, effusion, nodule,
                cardiomegaly, consolidation));
    }

    /** Two films, the second one late: a STAT study that rose with its second revision. */
    private static void amended(Topical topical) throws InterruptedException {
        Instant received = Instant.now().minus(Duration.ofMinutes(5));
        double[] before = {0.18, 0.47, 0.09, 0.2, 0.1};
        double[] after = {0.77, 0.66, 0.11, 0.25, 0.14};
        ImageFindings first = Samples.image("1.9.9.1", View.PA, received, before);
        ImageFindings second = Samples.image("1.9.9.2", View.AP, received.plusSeconds(40), after);
        topical.publish(Samples.study("1.9.9", "Hargreaves^Sam^^Dr", "P9", Duration.ofMinutes(5)));
        topical.publish(Samples.assemble("1.9.9", 1, Priority.ROUTINE, received, List.of(first), before));
        topical.publish(Samples.assemble("1.9.9", 2, Priority.STAT, received.plusSeconds(40), List.of(second, first), after)
                .toBuilder().setStatus(FindingsStatus.AMENDED).setStatusReason("A late film arrived.").build());
    }

    private static StudyFindings none(StudyFindings findings, String rule) {
        return findings.toBuilder().clearLines()
                .setPriority(PriorityDecision.newBuilder().setPriority(Priority.PRIORITY_NONE).setRule(rule)).build();
    }

    private static void letters(Topical topical) throws InterruptedException {
        Instant now = Instant.now();
        topical.publish(DeadLetter.newBuilder().setKind(DeadLetterKind.REFUSED_AT_DOOR).setCauseCode("not-chest")
                .setCause("Body part KNEE and view empty: this is not a chest film. Send it elsewhere, or change hilum.ingest.gate.")
                .setSender("CR_ROOM2").setSite("north").setStudyUid("1.8.1").setAt(Samples.micros(now.minusSeconds(800)))
                .setOrigin(Origin.newBuilder().setService("dicom-ingest")).build());
        topical.publish(DeadLetter.newBuilder().setKind(DeadLetterKind.QUARANTINED).setCauseCode("truncated-pixels")
                .setCause("The pixel data ends after 1,204,224 of 8,388,608 bytes. The stored object is kept; ask the modality to send it again.")
                .setDetail("JpegLosslessDecoder: end of stream in scan 1, line 611").setSender("DX_PORTABLE").setSite("north")
                .setStudyUid("1.8.2").setObjectUri("file:///data/objects/1.8.2/1.dcm").setAt(Samples.micros(now.minusSeconds(95)))
                .setOrigin(Origin.newBuilder().setService("dicom-ingest")).build());
        topical.publish(DeadLetter.newBuilder().setKind(DeadLetterKind.UNPROCESSABLE_RECORD).setCauseCode("engine-failed")
                .setCause("The engine failed twice on image 1.9.7.1. The study is shown as not scored.").setStudyUid("1.9.7")
                .setAt(Samples.micros(now.minusSeconds(1100)))
                .setOrigin(Origin.newBuilder().setService("stream-processor").setTopic("hilum.images").setPartition(2).setOffset(417)).build());
    }
}
