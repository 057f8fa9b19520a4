package io.hilum.processor.service;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** The service's options as its configuration makes them, with some of them changed. */
final class TestConfig {

    private TestConfig() {}

    /** @throws IllegalStateException as at the start, when values do not go together */
    static Options with(Map<String, String> changed) {
        Map<String, String> properties = new HashMap<>(Map.of("kafka.bootstrap.servers", "broker:9092"));
        properties.putAll(changed);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(ProcessorConfig.class)
                .withMapping(ClusterConfig.class)
                .withMapping(TraceConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
        return new Options(config.getConfigMapping(ProcessorConfig.class), config.getConfigMapping(ClusterConfig.class),
                config.getConfigMapping(TraceConfig.class), config);
    }
}
