package io.hilum.sink;

import com.google.protobuf.ByteString;
import io.hilum.contracts.Disclaimer;
import io.hilum.contracts.event.Decision;
import io.hilum.contracts.event.DoorTimes;
import io.hilum.contracts.event.Finding;
import io.hilum.contracts.event.FindingsStatus;
import io.hilum.contracts.event.HeatMap;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.ImageTimes;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.ModelIdentity;
import io.hilum.contracts.event.Priority;
import io.hilum.contracts.event.PriorityDecision;
import io.hilum.contracts.event.Region;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.Score;
import io.hilum.contracts.event.Sex;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.event.StudyReceived;
import io.hilum.contracts.event.StudyTimes;
import io.hilum.contracts.event.View;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Events as the other services publish them. */
final class Samples {

    static final List<String> LABELS = List.of("Pneumothorax", "Effusion", "Nodule", "Cardiomegaly", "Consolidation");
    private static final Map<String, Double> POINTS =
            Map.of("Pneumothorax", 0.41, "Effusion", 0.52, "Cardiomegaly", 0.55, "Consolidation", 0.48);

    private Samples() {}

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static StudyReceived study(String uid, String name, String id, Duration ago) {
        return StudyReceived.newBuilder().setStudyUid(uid).setSite("north").setPatientName(name).setPatientId(id)
                .setIssuerOfPatientId("NORTH").setBirthDate("19610417").setSex(Sex.FEMALE).setAccessionNumber("A" + id)
                .setStudyDate("20260114").setStudyTime("031244").setStudyDescription("Chest PA")
                .setReferringPhysician("Marsh^Ada").setReceived(micros(Instant.now().minus(ago))).build();
    }

    /** One PA image; scores in the order of {@link #LABELS}. Nodule never has an operating point. */
    static StudyFindings findings(String uid, long revision, Priority priority, Duration ago, double... scores) {
        Instant received = Instant.now().minus(ago);
        ImageFindings image = image(uid + ".1", View.PA, received, scores);
        return assemble(uid, revision, priority, received, List.of(image), scores);
    }

    static StudyFindings assemble(String uid, long revision, Priority priority, Instant received,
            List<ImageFindings> images, double... scores) {
        LineFindings.Builder line = LineFindings.newBuilder().setModel(ModelIdentity.newBuilder()
                .setLine("demo").setVersion("2026.1").setBundleSha256("ab".repeat(32))
                .setEngine("onnxruntime-1.29.0 cpu fp32").setTrainedOnSynthetic(true).setNotice(Disclaimer.SYNTHETIC));
        PriorityDecision.Builder rule = PriorityDecision.newBuilder().setPriority(priority)
                .setRule(priority == Priority.STAT ? "STAT: pneumothorax reaches its operating point."
                        : "Routine: no finding reaches its operating point.");
        for (int i = 0; i < scores.length; i++) {
            String label = LABELS.get(i);
            Double point = POINTS.get(label);
            Finding.Builder finding = Finding.newBuilder().setLabel(label).setProbability(scores[i])
                    .setSopInstanceUid(images.get(0).getSopInstanceUid())
                    .setDecision(point == null ? Decision.UNDECIDED : scores[i] >= point ? Decision.POSITIVE : Decision.NEGATIVE);
            if (point != null) {
                finding.setOperatingPoint(point);
                if (scores[i] >= point) {
                    rule.addInputs("%s %.2f >= %.2f".formatted(label, scores[i], point));
                }
            }
            line.addFindings(finding);
        }
        return StudyFindings.newBuilder().setStudyUid(uid).setRevision(revision).setStatus(FindingsStatus.PRELIMINARY)
                .setPriority(rule).addLines(line).addAllImages(images).setSite("north").setSynthetic(true)
                .setPatientKey("cd".repeat(32)).setAgeYears(64).setSex(Sex.FEMALE).setDisclaimer(Disclaimer.TEXT)
                .setTimes(StudyTimes.newBuilder().setFirstReceived(micros(received)).setLastReceived(micros(received))
                        .setEmitted(micros(received.plusMillis(431)))).build();
    }

    static ImageFindings image(String sop, View view, Instant received, double... scores) {
        LineScores.Builder line = LineScores.newBuilder().setLine("demo").setVersion("2026.1");
        for (int i = 0; i < scores.length; i++) {
            line.addScores(Score.newBuilder().setLabel(LABELS.get(i)).setProbability(scores[i])
                    .setLogit(Math.log(scores[i] / (1 - scores[i]))));
            if (scores[i] >= POINTS.getOrDefault(LABELS.get(i), 2.0)) {
                line.addHeatMaps(heatMap(LABELS.get(i), 9 - 2 * i, 3 + i));
            }
        }
        return place(sop, view, received).setScope(Scope.IN_SCOPE).addLines(line).build();
    }

    static ImageFindings unscored(String sop, View view, Instant received, Scope scope, String reason) {
        return place(sop, view, received).setScope(scope).setScopeReason(reason).build();
    }

    private static ImageFindings.Builder place(String sop, View view, Instant received) {
        long at = micros(received);
        return ImageFindings.newBuilder().setSopInstanceUid(sop).setSeriesUid(sop + ".0").setObjectSha256("ef".repeat(32))
                .setObjectUri("file:///objects/" + sop + ".dcm")
                .setCanvasUri(Films.store(sop, sop.hashCode()).toString()).setCanvasSha256("01".repeat(32))
                .setCanvasWidth(Films.WIDTH).setCanvasHeight(Films.HEIGHT).setView(view)
                .setTimes(ImageTimes.newBuilder().setDoor(DoorTimes.newBuilder().setReceived(at).setStored(at + 9_000)
                                .setRendered(at + 61_000).setPublished(at + 66_000))
                        .setConsumed(at + 71_000).setQueueUs(2_100).setComputeUs(182_000).setOutputUs(900)
                        .setForwarded(at + 262_000).setBatch(2));
    }

    /** A blob around a cell of a 14 x 14 grid over the whole canvas. */
    static HeatMap heatMap(String label, double column, double row) {
        byte[] cells = new byte[14 * 14];
        for (int i = 0; i < cells.length; i++) {
            double distance = Math.hypot(i % 14 - column, (double) (i / 14) - row);
            cells[i] = (byte) Math.round(255 * Math.exp(-distance * distance / 7));
        }
        return HeatMap.newBuilder().setLabel(label).setCells(ByteString.copyFrom(cells)).setGrid(14).setRawMaximum(0.0372)
                .setRegion(Region.newBuilder().setWidth(Films.WIDTH).setHeight(Films.HEIGHT)).build();
    }
}
