package io.hilum.processor.stream;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/**
 * What RocksDB may hold in memory: {@link #CACHE_BYTES} for the process and {@link #WRITE_BUFFERS} times
 * {@link #WRITE_BUFFER_BYTES} for each partition, all of it outside the heap.
 *
 * <p>The defaults of Kafka Streams are 50 MiB of cache and 48 MiB of write buffers for each partition, which fill as studies
 * come: an instance that is left with the partitions of others would outgrow its container's limit. Studies are read while
 * their images come, mostly from the write buffers; the cache is for late images.
 *
 * <p>No budget for the write buffers of all partitions together: RocksDB lets the partition that writes pay for it, and one
 * that is busy among idle ones would write a file for each few images.
 *
 * <p>Threading: one instance a store, made by its stream thread; the cache, which is shared, is free to share.
 */
public final class StateMemory implements RocksDBConfigSetter {

    static final long CACHE_BYTES = 32 << 20;
    static final long WRITE_BUFFER_BYTES = 4 << 20;
    static final int WRITE_BUFFERS = 2;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configuration) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        // Otherwise indexes and filters are held beside the cache, for each file that is open.
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    }

    @Override
    public void close(String store, Options options) {
        // The cache outlives each store.
    }

    /** Made with the first store. */
    private static final class Shared {

        private static final Cache CACHE;

        static {
            RocksDB.loadLibrary();
            CACHE = new LRUCache(CACHE_BYTES);
        }
    }
}
