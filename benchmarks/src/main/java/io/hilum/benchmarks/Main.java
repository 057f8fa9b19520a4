package io.hilum.benchmarks;

import io.hilum.benchmarks.chaos.ChaosBench;
import io.hilum.benchmarks.chaos.ChaosCheck;
import io.hilum.benchmarks.gpu.GpuCheck;
import io.hilum.benchmarks.gpu.GpuModels;
import io.hilum.benchmarks.inference.InferenceBench;
import io.hilum.benchmarks.stream.StreamBench;
import io.hilum.benchmarks.train.TrainBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** {@code ./hilum bench}. Each benchmark prints a table for people and, last, one JSON line for programs. */
@Command(
        name = "hilum bench",
        description = "Measure Hilum on this machine.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        subcommands = {InferenceBench.class, TrainBench.class, StreamBench.class, ChaosBench.class, ChaosCheck.class, GpuCheck.class,
            GpuModels.class})
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        quieten();
        System.exit(new CommandLine(new Main()).execute(args));
    }

    /** What libraries have to say of their own logging is no result. */
    private static void quieten() {
        System.getProperties().putIfAbsent("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.getProperties().putIfAbsent("org.jboss.logging.provider", "slf4j");
        System.getProperties().putIfAbsent("log4j2.StatusLogger.level", "OFF");
    }
}
