package io.hilum.processor.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What all services of an installation must agree on about topics. */
@ConfigMapping(prefix = "hilum.topics")
public interface ClusterConfig {

    /** Partitions of each topic that scales. Fixed at first install: a changed count is refused at start, because studies would move. */
    @WithDefault("12")
    int partitions();

    /** Copies of each topic. 1: a lost disk loses findings; more than there are brokers: topics cannot be made. */
    @WithDefault("3")
    int replication();
}
