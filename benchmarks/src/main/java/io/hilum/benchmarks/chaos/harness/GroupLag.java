package io.hilum.benchmarks.chaos.harness;

import io.hilum.contracts.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** How far the stream has committed. While a broker does not answer nothing is known. Owned by one thread. */
final class GroupLag implements AutoCloseable {

    private static final long ANSWER_SECONDS = 5;

    private final Admin admin;
    private final String group;
    private final List<TopicPartition> partitions;

    GroupLag(String bootstrap, String group, int partitions) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.group = group;
        this.partitions = Stream.of(Topics.IMAGES, Topics.IMAGES_STAT)
                .flatMap(topic -> IntStream.range(0, partitions).mapToObj(part -> new TopicPartition(topic.name(), part))).toList();
    }

    /** Where the images end now. */
    Optional<Map<TopicPartition, Long>> ends() throws InterruptedException {
        return answer(admin.listOffsets(partitions.stream().collect(Collectors.toMap(part -> part, part -> OffsetSpec.latest()))).all())
                .map(all -> all.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset())));
    }

    /** Whether the stream has committed up to there. */
    boolean hasPassed(Map<TopicPartition, Long> ends) throws InterruptedException {
        Optional<Map<TopicPartition, OffsetAndMetadata>> committed = answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        return committed.isPresent() && ends.entrySet().stream().allMatch(end -> end.getValue() == 0
                || committed.get().get(end.getKey()) != null && committed.get().get(end.getKey()).offset() >= end.getValue());
    }

    @Override
    public void close() {
        admin.close();
    }

    private static <T> Optional<T> answer(KafkaFuture<T> question) throws InterruptedException {
        try {
            return Optional.of(question.get(ANSWER_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException away) {
            return Optional.empty();
        }
    }
}
