package io.hilum.sink.store;

import static io.hilum.sink.store.Values.bind;
import static io.hilum.sink.store.Values.text;
import static io.hilum.sink.store.Values.time;

import io.hilum.contracts.event.ModelStatus;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/** What each instance last said of each model line. A tombstone needs no row: the instance is shown with its time. */
@ApplicationScoped
public class ModelStatusStore implements RecordStore {

    @Override
    public Topic topic() {
        return Topics.MODEL_STATUS_TOPIC;
    }

    @Override
    public Result store(Connection connection, SourceRecord record) throws SQLException, Rejected {
        if (record.raw().value() == null) {
            return Result.unchanged(Result.Effect.KNOWN);
        }
        ModelStatus status = record.event(Topics.MODEL_STATUS_TOPIC, Topics.MODEL_STATUS);
        try (PreparedStatement upsert = connection.prepareStatement("""
                insert into model_status as present values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (instance, line) do update set
                    generation = excluded.generation, version = excluded.version, state = excluded.state,
                    reason = excluded.reason, engine = excluded.engine, at = excluded.at,
                    topic_id = excluded.topic_id, topic_offset = excluded.topic_offset
                where present.topic_id <> excluded.topic_id or present.topic_offset < excluded.topic_offset""")) {
            bind(upsert, status.getInstance(), status.getLine(), status.getGeneration(), status.getVersion(),
                    Values.name(status.getState()), text(status.getReason()), text(status.getEngine()),
                    status.getAt() == 0 ? Values.now() : time(status.getAt()), record.topicId(), record.raw().offset());
            return upsert.executeUpdate() == 1
                    ? Result.stored(new Change(Change.Kind.MODEL,
                            Map.of("line", status.getLine(), "state", status.getState().name())))
                    : Result.unchanged(Result.Effect.KNOWN);
        }
    }
}
