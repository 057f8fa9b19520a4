package io.hilum.tracing;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * What spans say, where OpenTelemetry's semantic conventions have a name for it in that name (messaging, version 1.37),
 * otherwise under {@code hilum.}. No name, no number and no key of a person is among them.
 */
public final class SpanKeys {

    /** Always {@code kafka}. */
    public static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    /** What the operation is called: {@code send}, {@code process}. */
    public static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
    /** What kind of operation it is: {@code send}, {@code process}. */
    public static final AttributeKey<String> OPERATION_TYPE = AttributeKey.stringKey("messaging.operation.type");
    /** The topic. */
    public static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");
    public static final AttributeKey<String> PARTITION = AttributeKey.stringKey("messaging.destination.partition.id");
    public static final AttributeKey<Long> OFFSET = AttributeKey.longKey("messaging.kafka.offset");
    public static final AttributeKey<String> GROUP = AttributeKey.stringKey("messaging.consumer.group.name");
    /** Why it failed, as a short stable word. */
    public static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    public static final AttributeKey<String> SITE = AttributeKey.stringKey("hilum.site");
    /** The door: C_STORE, STOW_RS, FOLDER, RECONCILE. */
    public static final AttributeKey<String> WAY = AttributeKey.stringKey("hilum.door");
    /** What the sender was told, as a DIMSE status: 0x0000 for success. */
    public static final AttributeKey<String> STATUS = AttributeKey.stringKey("hilum.door.status");
    /** The very same object was here before. */
    public static final AttributeKey<Boolean> AGAIN = AttributeKey.booleanKey("hilum.door.again");
    public static final AttributeKey<String> STUDY_DIGEST = AttributeKey.stringKey("hilum.study.digest");
    public static final AttributeKey<String> IMAGE_DIGEST = AttributeKey.stringKey("hilum.image.digest");
    public static final AttributeKey<String> STUDY_UID = AttributeKey.stringKey("hilum.study.uid");
    public static final AttributeKey<String> IMAGE_UID = AttributeKey.stringKey("hilum.image.uid");
    /** Whether the image was scored: IN_SCOPE, OUT_OF_SCOPE, NOT_SCORED. */
    public static final AttributeKey<String> SCOPE = AttributeKey.stringKey("hilum.image.scope");
    /** Who scored it, one {@code line@version} each. */
    public static final AttributeKey<List<String>> MODELS = AttributeKey.stringArrayKey("hilum.models");
    /** Images that shared the engine's batch. */
    public static final AttributeKey<Long> BATCH = AttributeKey.longKey("hilum.batch.size");
    public static final AttributeKey<Long> REVISION = AttributeKey.longKey("hilum.study.revision");
    /** PRELIMINARY, FINAL, AMENDED, WITHDRAWN. */
    public static final AttributeKey<String> STUDY_STATUS = AttributeKey.stringKey("hilum.study.status");
    /** What storing the record did: STORED, KNOWN, OLDER, POISON. */
    public static final AttributeKey<String> EFFECT = AttributeKey.stringKey("hilum.store.effect");

    private SpanKeys() {}
}
