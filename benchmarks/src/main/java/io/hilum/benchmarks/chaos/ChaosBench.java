package io.hilum.benchmarks.chaos;

import io.hilum.benchmarks.chaos.check.Checker;
import io.hilum.benchmarks.chaos.check.Verdict;
import io.hilum.benchmarks.chaos.harness.ChaosRun;
import io.hilum.benchmarks.chaos.harness.Fault;
import io.hilum.benchmarks.chaos.harness.RunOptions;
import io.hilum.benchmarks.chaos.harness.RunReport;
import io.hilum.benchmarks.chaos.instance.Guarantee;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Breaks the stream again and again; see the package. */
@Command(name = "chaos", description = "Breaks the stream at random moments while it scores: instances and brokers are killed, stopped and "
        + "rebalanced, engines fail, records are poison, models are exchanged. Then exchanges models under load. At the end everything is "
        + "checked offline. Takes about an hour with the defaults, and 3 GB of memory.")
public final class ChaosBench implements Callable<Integer> {

    private static final int PER_KIND = 10;

    @Spec
    private CommandSpec spec;

    @Option(names = "--images", defaultValue = "20000", description = "At least as many images (default: ${DEFAULT-VALUE}).")
    private int images;

    @Option(names = "--rate", defaultValue = "25", description = "Images a second (default: ${DEFAULT-VALUE}). More than the machine scores beside three brokers: the backlog grows.")
    private double rate;

    @Option(names = "--faults", defaultValue = "100", description = "How many things are broken (default: ${DEFAULT-VALUE}), at least 10 of each kind where there are enough.")
    private int faults;

    @Option(names = "--kinds", split = ",", paramLabel = "KIND", description = "Only these: ${COMPLETION-CANDIDATES}.")
    private Set<Fault> kinds = EnumSet.allOf(Fault.class);

    @Option(names = "--swaps", defaultValue = "200", description = "Exchanges of the model under load, after the faults (default: ${DEFAULT-VALUE}).")
    private int swaps;

    @Option(names = "--swap-interval", defaultValue = "10", paramLabel = "SECONDS", description = "From one exchange to the next (default: "
            + "${DEFAULT-VALUE}). Below 10 the time around an exchange is less than 5 s: half of the interval.")
    private double swapInterval;

    @Option(names = "--brokers", defaultValue = "3", description = "1, or 3 and more (default: ${DEFAULT-VALUE}). With 1 no broker is killed.")
    private int brokers;

    @Option(names = "--instances", defaultValue = "3", description = "Instances of the stream (default: ${DEFAULT-VALUE}); one more comes and goes.")
    private int instances;

    @Option(names = "--seed", description = "Of what is sent and what is broken when (default: drawn, and printed).")
    private Optional<Long> seed;

    @Option(names = "--without-drain", description = "Commits do not wait for the images under way: the check must find losses.")
    private boolean withoutDrain;

    @Option(names = "--without-exactly-once", description = "Findings, state and offsets are not one transaction: the check must find repetitions or losses.")
    private boolean withoutExactlyOnce;

    @Option(names = "--bundle", paramLabel = "DIR", description = "Exchange two copies of this bundle, on the real engine. Then scores are not "
            + "computed by the check, and no engine fails.")
    private Optional<Path> bundle;

    @Option(names = "--out", paramLabel = "DIR", description = "A new folder for everything (default: target/chaos-TIME).")
    private Optional<Path> out;

    @Override
    public Integer call() throws Exception {
        PrintWriter console = spec.commandLine().getOut();
        // Kafka's clients warn of each broker that is away, which is what they are here for.
        System.setProperty("org.slf4j.simpleLogger.log.org.apache.kafka", "error");
        RunOptions options = options();
        RunReport report = new ChaosRun(options, line -> {
            console.println(line);
            console.flush();
        }).run();
        Verdict verdict = Checker.check(options.folder(), options.bundle().isEmpty());
        ChaosCheck.print(console, verdict);
        console.println(ChaosFigures.of(report, verdict, options.seed()).json());
        console.flush();
        return verdict.holds() && report.unrecovered() == 0 && report.unservedSwaps() == 0 ? 0 : 1;
    }

    private RunOptions options() {
        Path root = Path.of(System.getProperty("hilum.root", ".")).toAbsolutePath().normalize();
        String now = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
        Set<Fault> possible = EnumSet.copyOf(kinds);
        if (brokers < 3) {
            possible.remove(Fault.BROKER_KILL);
        }
        if (bundle.isPresent()) {
            possible.removeAll(Set.of(Fault.ENGINE_FAILURE, Fault.POISON));
        }
        return new RunOptions(out.orElse(root.resolve("target/chaos-" + now)), seed.orElseGet(System::nanoTime), images, rate, faults,
                Math.min(PER_KIND, faults / Math.max(1, possible.size())), possible, brokers, instances, 6, guarantee(), Duration.ofSeconds(5), swaps,
                Duration.ofMillis((long) (1000 * swapInterval)), Duration.ofSeconds(90), bundle);
    }

    private Guarantee guarantee() {
        return withoutDrain ? Guarantee.WITHOUT_DRAIN : withoutExactlyOnce ? Guarantee.WITHOUT_EXACTLY_ONCE : Guarantee.KEPT;
    }
}
