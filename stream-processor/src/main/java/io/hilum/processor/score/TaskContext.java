package io.hilum.processor.score;

import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;

/**
 * Forwards outside {@code process()}, as if the record had just come.
 *
 * <p>While a commit drains there is no current node and no record: both are set for the time of the forward
 * and restored. This too uses an internal class of Kafka Streams.
 */
final class TaskContext {

    private final InternalProcessorContext<String, Object> context;
    private final ProcessorNode<?, ?, ?, ?> node;

    /** To be made in {@code init()}, where the current node is the processor's own. */
    @SuppressWarnings("unchecked")
    TaskContext(ProcessorContext<String, Object> context) {
        if (!(context instanceof InternalProcessorContext)) {
            throw new IllegalStateException("Kafka Streams gave a context of " + context.getClass()
                    + ", which cannot forward at commit. Kafka Streams is pinned for this reason: check its version.");
        }
        this.context = (InternalProcessorContext<String, Object>) context;
        this.node = this.context.currentNode();
        if (node == null) {
            throw new IllegalStateException("The processor has no node: it can be made in init() only.");
        }
    }

    /** Where the record in hand stood; its raw bytes stay behind. */
    ProcessorRecordContext origin() {
        ProcessorRecordContext now = context.recordContext();
        return new ProcessorRecordContext(now.timestamp(), now.offset(), now.partition(), now.topic(), now.headers());
    }

    void forward(ProcessorRecordContext origin, Record<String, Object> record, String child) {
        ProcessorNode<?, ?, ?, ?> nodeBefore = context.currentNode();
        ProcessorRecordContext originBefore = context.recordContext();
        context.setCurrentNode(node);
        context.setRecordContext(origin);
        try {
            context.forward(record, child);
        } finally {
            context.setCurrentNode(nodeBefore);
            context.setRecordContext(originBefore);
        }
    }
}
