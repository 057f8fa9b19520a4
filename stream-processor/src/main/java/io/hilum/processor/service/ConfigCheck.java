package io.hilum.processor.service;

import io.hilum.inference.EngineOptions.Device;
import io.hilum.model.bundle.Precision;
import io.hilum.processor.stream.StreamsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What does not go together across this service's options. */
final class ConfigCheck {

    private static final Set<Precision> ON_CPU = Set.of(Precision.FP32, Precision.INT8);

    private ConfigCheck() {}

    /** One sentence a problem; empty when all is well. */
    static List<String> problems(ProcessorConfig config, StreamsOptions streams, ClusterConfig cluster) {
        List<String> problems = new ArrayList<>(streams.problems());
        require(problems, cluster.partitions() >= 1,
                "hilum.topics.partitions is %d; at least 1 is needed.", cluster.partitions());
        require(problems, config.batch().max() >= 1 && config.batch().max() <= config.pendingBound(),
                "batch.max (%d) must be between 1 and pending-bound (%d): otherwise one task could never fill a batch.",
                config.batch().max(), config.pendingBound());
        require(problems, config.loadBound() >= config.batch().max()
                        && config.loadBound() <= config.batch().maxQueued() - config.batch().maxQueued() / 8,
                "load-bound (%d) must be between batch.max (%d), or no batch would ever be full, and seven eighths of"
                        + " batch.max-queued (%d), or routine images could keep urgent ones from the queue.",
                config.loadBound(), config.batch().max(), config.batch().maxQueued());
        require(problems, config.batch().maxQueued() >= config.batch().max(),
                "batch.max-queued (%d) must be at least batch.max (%d): otherwise no batch would ever be full.",
                config.batch().maxQueued(), config.batch().max());
        require(problems, !config.batch().delay().isNegative()
                        && config.batch().delay().compareTo(config.drainTimeout()) < 0,
                "batch.delay (%s) must be below drain-timeout (%s): otherwise a commit gives up before a batch begins.",
                config.batch().delay(), config.drainTimeout());
        require(problems, config.batch().routineShare() > 0 && config.batch().routineShare() <= 0.5,
                "batch.routine-share (%s) must be above 0, or routine images starve, and at most 0.5, or urgent ones"
                        + " do not overtake.", config.batch().routineShare());
        require(problems, config.batch().workers() >= 1 && config.batch().maxQueuedBytes() > 0,
                "batch.workers (%d) and batch.max-queued-bytes (%d) must be positive.",
                config.batch().workers(), config.batch().maxQueuedBytes());
        List<Integer> preferred = config.batch().preferredSizes().orElse(List.of());
        require(problems, ascending(preferred, config.batch().max()),
                "batch.preferred-sizes %s must ascend, from at least 1 to at most batch.max (%d).", preferred, config.batch().max());
        require(problems, config.study().idle().toMillis() >= 1
                        && config.study().idle().compareTo(config.study().hardCap()) <= 0,
                "study.idle (%s) must be positive and at most study.hard-cap (%s): otherwise no study becomes final by itself.",
                config.study().idle(), config.study().hardCap());
        require(problems, config.study().remember().compareTo(config.study().hardCap()) > 0,
                "study.remember (%s) must be above study.hard-cap (%s): otherwise a study is forgotten before it is final.",
                config.study().remember(), config.study().hardCap());
        require(problems, config.study().maxImages() >= 1 && config.study().maxImages() <= 1000,
                "study.max-images (%d) must be between 1 and 1000: a revision of more images would not fit into a record.",
                config.study().maxImages());
        require(problems, config.engine().threads() >= 0 && config.engine().prepareThreads() >= 1
                        && config.engine().heatMaps() >= 0,
                "engine.threads (%d) and engine.heat-maps (%d) must not be negative, engine.prepare-threads (%d) at least 1.",
                config.engine().threads(), config.engine().heatMaps(), config.engine().prepareThreads());
        require(problems, config.engine().device() != Device.CPU
                        || ON_CPU.containsAll(config.engine().precision().map(Set::of).orElse(Set.of())),
                "engine.precision (%s) is not computed on a CPU, which engine.device asks for: every bundle would be refused."
                        + " Take fp32 or int8, or leave it out.", config.engine().precision().map(Precision::id).orElse(""));
        require(problems, config.model().statusInterval().toMillis() >= 100
                        && config.model().statusInterval().toMinutes() < 60,
                "model.status-interval (%s) must be at least 100 ms, or the topic fills with signs of life, and below an hour, or a"
                        + " release waits hours for an instance that died.", config.model().statusInterval());
        require(problems, config.model().lines().orElse(Set.of()).stream().noneMatch(line -> line.isBlank() || line.contains("/")),
                "model.lines (%s) must be names of model lines, without slashes.",
                String.join(", ", config.model().lines().orElse(Set.of())));
        require(problems, config.loadTime().toMillis() >= 1 && !config.drainTimeout().isNegative()
                        && config.pendingBound() >= 1,
                "load-time (%s) must be at least 1 ms, drain-timeout (%s) not negative, pending-bound (%d) at least 1.",
                config.loadTime(), config.drainTimeout(), config.pendingBound());
        return problems;
    }

    private static boolean ascending(List<Integer> sizes, int max) {
        int before = 0;
        for (int size : sizes) {
            if (size <= before || size > max) {
                return false;
            }
            before = size;
        }
        return true;
    }

    private static void require(List<String> problems, boolean holds, String sentence, Object... values) {
        if (!holds) {
            problems.add("hilum.processor: " + sentence.formatted(values));
        }
    }
}
