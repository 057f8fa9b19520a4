package io.hilum.contracts.topic;

import static io.hilum.contracts.topic.CleanUp.COMPACT;
import static io.hilum.contracts.topic.CleanUp.DELETE;
import static io.hilum.contracts.topic.Topic.FOR_EVER;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DriftAlert;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.LabelAssigned;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.ReleaseDecided;
import io.hilum.contracts.event.RetrainingRequested;
import io.hilum.contracts.event.ShadowScored;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.event.StudyReceived;
import io.hilum.contracts.event.StudyWithdrawn;
import io.hilum.contracts.event.TrainingProgress;
import io.hilum.contracts.topic.Topic.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Every topic of the house, declared once. All of them count as personal data. */
public final class Topics {

    private static final String INGEST = "dicom-ingest";
    private static final String PROCESSOR = "stream-processor";
    private static final String SINK = "results-sink";
    private static final String TRAINER = "trainer";
    private static final String EXPORTER = "exporter";

    public static final EventType<ImageReceived> IMAGE_RECEIVED = EventType.of(ImageReceived.getDefaultInstance());
    public static final EventType<StudyReceived> STUDY_RECEIVED = EventType.of(StudyReceived.getDefaultInstance());
    public static final EventType<StudyWithdrawn> STUDY_WITHDRAWN = EventType.of(StudyWithdrawn.getDefaultInstance());
    public static final EventType<StudyFindings> STUDY_FINDINGS = EventType.of(StudyFindings.getDefaultInstance());
    public static final EventType<LabelAssigned> LABEL_ASSIGNED = EventType.of(LabelAssigned.getDefaultInstance());
    public static final EventType<RetrainingRequested> RETRAINING_REQUESTED =
            EventType.of(RetrainingRequested.getDefaultInstance());
    public static final EventType<TrainingProgress> TRAINING_PROGRESS =
            EventType.of(TrainingProgress.getDefaultInstance());
    public static final EventType<ReleaseDecided> RELEASE_DECIDED = EventType.of(ReleaseDecided.getDefaultInstance());
    public static final EventType<ModelRelease> MODEL_RELEASE = EventType.of(ModelRelease.getDefaultInstance());
    public static final EventType<ModelStatus> MODEL_STATUS = EventType.of(ModelStatus.getDefaultInstance());
    public static final EventType<ShadowScored> SHADOW_SCORED = EventType.of(ShadowScored.getDefaultInstance());
    public static final EventType<DriftAlert> DRIFT_ALERT = EventType.of(DriftAlert.getDefaultInstance());
    public static final EventType<DeadLetter> DEAD_LETTER = EventType.of(DeadLetter.getDefaultInstance());

    public static final Topic IMAGES = new Topic(
            "hilum.images", "study UID", Set.of(INGEST), Set.of(PROCESSOR), DELETE, Duration.ofDays(7), true,
            List.of(IMAGE_RECEIVED, STUDY_WITHDRAWN));
    /** Co-partitioned with {@link #IMAGES}: a study's urgent and routine images meet in one task. */
    public static final Topic IMAGES_STAT = new Topic(
            "hilum.images-stat", "study UID", Set.of(INGEST), Set.of(PROCESSOR), DELETE, Duration.ofDays(7), true,
            List.of(IMAGE_RECEIVED));
    /** Names persons: on a cluster only results-sink may read it. */
    public static final Topic STUDIES = new Topic(
            "hilum.studies", "study UID", Set.of(INGEST), Set.of(SINK), COMPACT, FOR_EVER, true, List.of(STUDY_RECEIVED));
    public static final Topic FINDINGS = new Topic(
            "hilum.findings", "study UID", Set.of(PROCESSOR), Set.of(SINK, INGEST, PROCESSOR), DELETE, Duration.ofDays(400), true,
            List.of(STUDY_FINDINGS));
    public static final Topic LABELS = new Topic(
            "hilum.labels", "study UID", Set.of(SINK), Set.of(PROCESSOR, TRAINER), DELETE, FOR_EVER, true, List.of(LABEL_ASSIGNED));
    public static final Topic RETRAINING = new Topic(
            "hilum.retraining", "request id", Set.of(PROCESSOR), Set.of(TRAINER), DELETE, Duration.ofDays(400), false,
            List.of(RETRAINING_REQUESTED));
    public static final Topic TRAINING = new Topic(
            "hilum.training", "request id", Set.of(TRAINER), Set.of(EXPORTER), DELETE, Duration.ofDays(400), false,
            List.of(TRAINING_PROGRESS));
    public static final Topic DECISIONS = new Topic(
            "hilum.decisions", "request id", Set.of(EXPORTER), Set.of(SINK), DELETE, FOR_EVER, false, List.of(RELEASE_DECIDED));
    public static final Topic MODELS = new Topic(
            "hilum.models", "model line", Set.of(EXPORTER), Set.of(PROCESSOR, EXPORTER), COMPACT, FOR_EVER, false, List.of(MODEL_RELEASE));
    public static final Topic MODEL_STATUS_TOPIC = new Topic(
            "hilum.model-status", "instance/line/slot", Set.of(PROCESSOR), Set.of(EXPORTER, SINK), COMPACT, FOR_EVER, false,
            List.of(MODEL_STATUS));
    /** Written outside of any transaction, at most once: it may never hold up findings. */
    public static final Topic SHADOW = new Topic(
            "hilum.shadow", "study UID", Set.of(PROCESSOR), Set.of(EXPORTER), DELETE, Duration.ofDays(30), false,
            List.of(SHADOW_SCORED));
    public static final Topic DRIFT = new Topic(
            "hilum.drift", "site/signal", Set.of(PROCESSOR), Set.of(SINK), DELETE, Duration.ofDays(400), false,
            List.of(DRIFT_ALERT));
    public static final Topic DEAD_LETTERS = new Topic(
            "hilum.dead-letters", "the origin's key", Set.of(INGEST, PROCESSOR), Set.of(SINK), DELETE,
            Duration.ofDays(400), false, List.of(DEAD_LETTER));

    public static final List<Topic> ALL = List.of(
            IMAGES, IMAGES_STAT, STUDIES, FINDINGS, LABELS, RETRAINING, TRAINING, DECISIONS, MODELS,
            MODEL_STATUS_TOPIC, SHADOW, DRIFT, DEAD_LETTERS);

    private Topics() {}
}
