package io.hilum.quickstart.letters;

import com.google.protobuf.Message;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.contracts.topic.Topics;
import io.hilum.embedded.EmbeddedBroker;
import io.hilum.quickstart.command.DeadLettersCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;

/** A real broker with the house's topics, and the command as a person runs it. */
final class LettersBroker implements AutoCloseable {

    /** What a command said and how it ended. */
    record Said(int status, String out, String err) {}

    private final EmbeddedBroker broker;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    LettersBroker(Path directory) throws InterruptedException {
        broker = EmbeddedBroker.start(directory);
        admin = Admin.create(settings());
        new TopicAdmin(admin, 2, (short) 1).createAndCheck();
        producer = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    String bootstrap() {
        return broker.bootstrapServers();
    }

    private Map<String, Object> settings() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** {@code ./hilum dead-letters ARGUMENTS}. */
    Said run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap", bootstrap()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new DeadLettersCommand()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            err.write("hilum: " + failure.getMessage());
            return 1;
        });
        return new Said(line.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    RecordMetadata send(Topic topic, String key, Message event) throws Exception {
        Headers headers = new RecordHeaders();
        byte[] value = EventSerde.of(topic).serializer().serialize(topic.name(), headers, event);
        return send(topic, key, value, headers);
    }

    RecordMetadata send(Topic topic, String key, byte[] value, Headers headers) throws Exception {
        byte[] keyBytes = key == null ? null : key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return producer.send(new ProducerRecord<>(topic.name(), null, keyBytes, value, headers)).get(20, TimeUnit.SECONDS);
    }

    /** As retention does. */
    void forget(RecordMetadata upTo) throws Exception {
        admin.deleteRecords(Map.of(new TopicPartition(upTo.topic(), upTo.partition()),
                RecordsToDelete.beforeOffset(upTo.offset() + 1))).all().get(20, TimeUnit.SECONDS);
    }

    List<ConsumerRecord<byte[], byte[]>> all(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (CommittedRecords records = new CommittedRecords(settings())) {
            records.read(topic.name(), Optional.empty(), all::add, (done, of) -> { });
        }
        return all;
    }

    /** A study's revisions so far, as a read-committed subscriber sees them. */
    List<StudyFindings> revisions(String study) {
        return all(Topics.FINDINGS).stream()
                .map(record -> (StudyFindings) EventSerde.of(Topics.FINDINGS).deserializer()
                        .deserialize(record.topic(), record.headers(), record.value()))
                .filter(findings -> findings.getStudyUid().equals(study)).toList();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        broker.close();
    }
}
