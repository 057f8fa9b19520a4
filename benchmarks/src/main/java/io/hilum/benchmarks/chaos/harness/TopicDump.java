package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.check.Letter;
import io.hilum.benchmarks.chaos.check.Records;
import io.hilum.benchmarks.chaos.check.Revision;
import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.LineFindings;
import io.hilum.contracts.event.LineScores;
import io.hilum.contracts.event.StudyFindings;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Writes what a read-committed reader finds on the topics into the run's folder, without pixels. One thread. */
final class TopicDump {

    private static final Duration OPEN_TRANSACTIONS = Duration.ofSeconds(60);
    private static final Duration READING = Duration.ofMinutes(10);

    private final String bootstrap;
    private final Path folder;

    TopicDump(String bootstrap, Path folder) {
        this.bootstrap = bootstrap;
        this.folder = folder;
    }

    void write() throws IOException, InterruptedException {
        dump(Topics.FINDINGS, Records.FINDINGS, record -> revision(record, StudyFindings.parseFrom(record.value())));
        dump(Topics.DEAD_LETTERS, Records.LETTERS, record -> letter(DeadLetter.parseFrom(record.value())));
    }

    private interface Form {
        Object of(ConsumerRecord<String, byte[]> record) throws IOException;
    }

    private void dump(Topic topic, String file, Form form) throws IOException, InterruptedException {
        try (Consumer<String, byte[]> all = TopicReader.open(bootstrap, "read_uncommitted", List.of(topic));
                Consumer<String, byte[]> committed = TopicReader.open(bootstrap, "read_committed", List.of(topic));
                JsonLines out = new JsonLines(folder.resolve(file))) {
            // Behind an open transaction there may be findings that a reader does not see yet.
            Supplier<Map<TopicPartition, Long>> ends = () -> all.endOffsets(all.assignment());
            if (!Clock.await(() -> ends.get().equals(committed.endOffsets(committed.assignment())), OPEN_TRANSACTIONS)) {
                throw new IllegalStateException("A transaction on " + topic.name() + " is still open after " + OPEN_TRANSACTIONS.toSeconds() + " s.");
            }
            Map<TopicPartition, Long> end = ends.get();
            long limit = System.nanoTime() + READING.toNanos();
            while (end.entrySet().stream().anyMatch(part -> committed.position(part.getKey()) < part.getValue())) {
                if (System.nanoTime() > limit) {
                    throw new IllegalStateException(topic.name() + " could not be read to its end within " + READING.toMinutes() + " min.");
                }
                for (ConsumerRecord<String, byte[]> record : committed.poll(Duration.ofMillis(200))) {
                    out.write(form.of(record));
                }
            }
        }
    }

    private static Revision revision(ConsumerRecord<String, byte[]> record, StudyFindings findings) {
        if (!record.key().equals(findings.getStudyUid())) {
            throw new IllegalStateException("Findings of study " + findings.getStudyUid() + " stand under the key " + record.key() + ".");
        }
        return new Revision(record.partition(), record.offset(), record.key(), findings.getRevision(), findings.getStatus().name(),
                findings.getNewSopInstanceUidsList(), findings.getImagesList().stream().map(TopicDump::image).toList(),
                findings.getLinesList().stream().map(TopicDump::line).toList(), findings.getTimes().getEmitted());
    }

    private static Revision.Image image(ImageFindings image) {
        return new Revision.Image(image.getSopInstanceUid(), image.getObjectSha256(), image.getCanvasSha256(), image.getScope().name(),
                image.getLinesList().stream().map(TopicDump::line).toList());
    }

    private static Revision.Scored line(LineScores scores) {
        Map<String, Double> labels = new TreeMap<>();
        scores.getScoresList().forEach(score -> labels.put(score.getLabel(), score.getProbability()));
        return new Revision.Scored(scores.getLine(), scores.getVersion(), labels);
    }

    private static Revision.Scored line(LineFindings findings) {
        Map<String, Double> labels = new TreeMap<>();
        findings.getFindingsList().forEach(finding -> labels.put(finding.getLabel(), finding.getProbability()));
        return new Revision.Scored(findings.getModel().getLine(), findings.getModel().getVersion(), labels);
    }

    private static Letter letter(DeadLetter letter) {
        return new Letter(letter.getCauseCode(), letter.getOrigin().getTopic(), letter.getOrigin().getPartition(),
                letter.getOrigin().getOffset(), letter.getStudyUid(), letter.getSopInstanceUid());
    }
}
