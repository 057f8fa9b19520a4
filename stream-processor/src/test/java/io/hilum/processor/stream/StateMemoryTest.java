package io.hilum.processor.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.processor.TestOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As RocksDB itself says, through the metrics of its stores. */
class StateMemoryTest {

    private static final List<String> STORES = List.of("one", "other");
    private static final int VALUE_BYTES = 64 << 10;
    /** Four times what the write buffers may hold. */
    private static final int VALUES = 512;

    @TempDir
    Path stateDir;

    @Test
    void moreImagesDoNotTakeMoreMemory() {
        try (TopologyTestDriver driver = driver()) {
            for (String name : STORES) {
                write(driver.getKeyValueStore(name));
                long held = metric(driver, name, "size-all-mem-tables");
                long allowed = StateMemory.WRITE_BUFFERS * StateMemory.WRITE_BUFFER_BYTES;
                assertTrue(held <= allowed + allowed / 4, name + " holds " + held + " bytes not written yet");
            }
        }
    }

    @Test
    void morePartitionsDoNotTakeMoreCache() {
        try (TopologyTestDriver driver = driver()) {
            KeyValueStore<Integer, byte[]> store = driver.getKeyValueStore("one");
            write(store);
            for (int key = 0; key < VALUES; key++) {
                assertEquals(VALUE_BYTES, store.get(key).length);
            }
            assertEquals(StateMemory.CACHE_BYTES, metric(driver, "one", "block-cache-capacity"));
            assertTrue(metric(driver, "other", "block-cache-usage") > StateMemory.CACHE_BYTES / 2,
                    "the other store, which is empty, sees the same cache");
        }
    }

    private TopologyTestDriver driver() {
        Topology topology = new Topology().addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in")
                .addProcessor("idle", Idle::new, "in");
        STORES.forEach(name -> topology.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.Integer(), Serdes.ByteArray()).withLoggingDisabled(), "idle"));
        return new TopologyTestDriver(topology, StreamsProperties.of(TestOptions.streams("none:1", stateDir)));
    }

    private static void write(KeyValueStore<Integer, byte[]> store) {
        byte[] value = new byte[VALUE_BYTES];
        Random random = new Random(5);
        for (int key = 0; key < VALUES; key++) {
            random.nextBytes(value);
            store.put(key, value);
        }
    }

    private static long metric(TopologyTestDriver driver, String store, String name) {
        return driver.metrics().entrySet().stream()
                .filter(each -> each.getKey().name().equals(name) && each.getKey().tags().containsValue(store))
                .mapToLong(each -> ((Number) each.getValue().metricValue()).longValue()).findFirst().orElseThrow();
    }

    /** What the stores belong to; the test writes to them itself. */
    private static final class Idle extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

        @Override
        public void process(Record<byte[], byte[]> record) {
            throw new IllegalStateException("nothing is sent");
        }
    }
}
