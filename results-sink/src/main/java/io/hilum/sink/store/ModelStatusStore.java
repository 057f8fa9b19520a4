package io.hilum.sink.store;

import static io.hilum.sink.store.Values.bind;
import static io.hilum.sink.store.Values.text;
import static io.hilum.sink.store.Values.time;

import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.event.Slot;
import io.hilum.contracts.topic.StatusKey;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * What each instance last said of each slot of each model line. A record without a value takes it back: the row
 * stays, marked, so that a replay from the topic's start changes nothing. Signs of life move the row's time and are no change
 * that pages are told of: there is one every few seconds.
 */
@ApplicationScoped
public class ModelStatusStore implements RecordStore {

    @Override
    public Topic topic() {
        return Topics.MODEL_STATUS_TOPIC;
    }

    @Override
    public Result store(Connection connection, SourceRecord record) throws SQLException, Rejected {
        if (record.raw().value() == null) {
            return remove(connection, record);
        }
        ModelStatus status = record.event(Topics.MODEL_STATUS_TOPIC, Topics.MODEL_STATUS);
        boolean news = !isKnown(connection, status);
        if (!upsert(connection, record, status)) {
            return Result.unchanged(Result.Effect.KNOWN);
        }
        return news
                ? Result.stored(new Change(Change.Kind.MODEL, Map.of("line", status.getLine(), "state", status.getState().name())))
                : Result.unchanged(Result.Effect.KNOWN);
    }

    private static boolean upsert(Connection connection, SourceRecord record, ModelStatus status) throws SQLException, Rejected {
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into model_status as present
                    (instance, line, generation, version, state, reason, engine, at, topic_id, topic_offset, slot,
                     bundle_sha256, repeated_every_ms)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (instance, line, slot) do update set
                    generation = excluded.generation, version = excluded.version, state = excluded.state,
                    reason = excluded.reason, engine = excluded.engine, at = excluded.at,
                    topic_id = excluded.topic_id, topic_offset = excluded.topic_offset,
                    bundle_sha256 = excluded.bundle_sha256, repeated_every_ms = excluded.repeated_every_ms,
                    removed = false
                where present.topic_id <> excluded.topic_id or present.topic_offset < excluded.topic_offset""")) {
            bind(upsert, status.getInstance(), status.getLine(), status.getGeneration(), status.getVersion(),
                    Values.name(status.getState()), text(status.getReason()), text(status.getEngine()),
                    status.getAt() == 0 ? Values.now() : time(status.getAt()), record.topicId(), record.raw().offset(),
                    slot(status.getSlot()), text(status.getBundleSha256()), status.getRepeatedEveryMs());
            return upsert.executeUpdate() == 1;
        }
    }

    /** Whether the row says the same already, but for the time. */
    private static boolean isKnown(Connection connection, ModelStatus status) throws SQLException, Rejected {
        try (PreparedStatement select = connection.prepareStatement("""
                select 1 from model_status where not removed and instance = ? and line = ? and slot = ? and generation = ? and version = ?
                    and state = ? and reason is not distinct from ? and engine is not distinct from ?""")) {
            bind(select, status.getInstance(), status.getLine(), slot(status.getSlot()), status.getGeneration(), status.getVersion(),
                    Values.name(status.getState()), text(status.getReason()), text(status.getEngine()));
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static Result remove(Connection connection, SourceRecord record) throws SQLException, Rejected {
        byte[] key = record.raw().key();
        Optional<StatusKey> of = key == null ? Optional.empty() : StatusKey.parse(new String(key, StandardCharsets.UTF_8));
        if (of.isEmpty()) {
            return Result.unchanged(Result.Effect.KNOWN);
        }
        try (PreparedStatement update = connection.prepareStatement("""
                update model_status set removed = true, topic_id = ?, topic_offset = ?
                where instance = ? and line = ? and slot = ? and not removed and (topic_id <> ? or topic_offset < ?)""")) {
            bind(update, record.topicId(), record.raw().offset(), of.get().instance(), of.get().line(), slot(of.get().slot()),
                    record.topicId(), record.raw().offset());
            return update.executeUpdate() == 1
                    ? Result.stored(new Change(Change.Kind.MODEL, Map.of("line", of.get().line(), "state", "GONE")))
                    : Result.unchanged(Result.Effect.KNOWN);
        }
    }

    private static String slot(Slot slot) throws Rejected {
        return slot == Slot.SLOT_UNSPECIFIED ? "" : Values.name(slot);
    }
}
