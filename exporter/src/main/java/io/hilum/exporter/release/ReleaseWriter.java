package io.hilum.exporter.release;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.topic.Topics;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Writes a release, in a transaction of its own. */
final class ReleaseWriter {

    private ReleaseWriter() {}

    /** @param release null: the line is served no more */
    static void write(Producer<String, ModelRelease> producer, String line, ModelRelease release) {
        try {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(Topics.MODELS.name(), line, release));
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException fenced) {
            throw new KafkaException("another release of the line " + line + " began meanwhile, or this one took too long", fenced);
        }
    }
}
