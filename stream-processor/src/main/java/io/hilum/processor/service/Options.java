package io.hilum.processor.service;

import io.hilum.inference.BatcherOptions;
import io.hilum.inference.EngineOptions;
import io.hilum.processor.score.ScoreSettings;
import io.hilum.processor.stream.StreamsOptions;
import io.hilum.processor.study.StudySettings;
import io.hilum.processor.topology.TriageTopology;
import io.hilum.tracing.TracingOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/** The configuration in the words of the parts; only there once it is checked. */
@ApplicationScoped
class Options {

    private final ProcessorConfig config;
    private final ClusterConfig cluster;
    private final Map<String, String> clients;
    private final TracingOptions tracing;

    /** @throws IllegalStateException with one sentence for each thing that is wrong */
    Options(ProcessorConfig config, ClusterConfig cluster, TraceConfig trace, Config all) {
        this.config = config;
        this.cluster = cluster;
        this.clients = KafkaClients.of(all);
        this.tracing = TracingOptions.read("stream-processor", trace.uids(), all.getPropertyNames(),
                name -> all.getOptionalValue(name, String.class));
        List<String> problems = ConfigCheck.problems(config, streams(), cluster);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("The configuration is not usable:" + System.lineSeparator()
                    + String.join(System.lineSeparator(), problems));
        }
    }

    ProcessorConfig config() {
        return config;
    }

    ClusterConfig cluster() {
        return cluster;
    }

    Map<String, String> clients() {
        return clients;
    }

    TracingOptions tracing() {
        return tracing;
    }

    /** The model lines to serve; empty: every one that is released. */
    Set<String> servesOnly() {
        return config.model().lines().orElse(Set.of());
    }

    StreamsOptions streams() {
        return new StreamsOptions(clients, config.applicationId(), config.instanceId(), config.stateDir(),
                config.threads(), config.commitInterval(), config.poll(), config.bufferedRecords(),
                config.fetchBytes(), config.maxPollRecords(), config.maxPollInterval(), config.sessionTimeout(), config.transactionTimeout(),
                config.drainTimeout(), cluster.replication(), config.standbyReplicas());
    }

    TriageTopology.Settings topology() {
        return new TriageTopology.Settings(
                new ScoreSettings(config.pendingBound(), config.loadBound(), 2 * config.batch().max() * config.batch().workers(),
                        config.loadTime(), config.commitInterval(), config.drainTimeout(), streams().commitLimit(), config.poll()),
                new StudySettings(config.study().idle(), config.study().hardCap(), config.study().maxImages(),
                        config.study().remember(), config.priority().statLabels()),
                config.batch().routineShare());
    }

    BatcherOptions batcher() {
        ProcessorConfig.Batch batch = config.batch();
        return new BatcherOptions(batch.max(), batch.delay(), batch.maxQueued(), batch.maxQueuedBytes(),
                batch.routineShare(), batch.workers(), batch.preferredSizes().orElse(List.of()));
    }

    EngineOptions engine() {
        ProcessorConfig.Engine engine = config.engine();
        int threads = engine.threads() == 0 ? EngineOptions.defaults().intraOpThreads() : engine.threads();
        return new EngineOptions(threads, engine.device(), engine.precision());
    }
}
