package io.hilum.k8s.containers;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How far topics reach, and how far a group has come. Stateless. */
final class Offsets {

    private Offsets() {}

    /** Where each partition of a topic ends, open transactions included. */
    static Map<TopicPartition, Long> ends(Admin admin, String topic) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                .map(each -> new TopicPartition(topic, each.partition())).toList();
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()))).all().get();
        return ends.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().offset()));
    }

    /** Whether a group has committed all of a topic. */
    static boolean hasCommittedAll(Admin admin, String group, String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = ends(admin, topic);
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        return ends.entrySet().stream().filter(end -> end.getValue() > 0).allMatch(end ->
                committed.get(end.getKey()) != null && committed.get(end.getKey()).offset() >= end.getValue());
    }
}
