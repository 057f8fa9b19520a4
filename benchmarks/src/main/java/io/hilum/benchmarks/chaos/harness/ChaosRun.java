package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.check.Records;
import io.hilum.benchmarks.chaos.instance.InstanceSettings;
import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.embedded.BrokerCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * One run: brokers, instances, a sender and a subscriber; faults, then swaps; at the end all that stands on the topics.
 * What it leaves in its folder is for {@link io.hilum.benchmarks.chaos.check.Checker}.
 *
 * <p>Owned by one thread, which breaks things; all others are the parts' own. When the process is killed its
 * children end too, and the folder keeps what was written.
 */
public final class ChaosRun {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration COMMIT = Duration.ofMillis(100);

    private final RunOptions options;
    private final Consumer<String> say;

    /** @param say told how far the run is, a line each */
    public ChaosRun(RunOptions options, Consumer<String> say) {
        this.options = options;
        this.say = say;
    }

    /**
     * Runs, and returns when everything is written.
     *
     * @throws IllegalStateException when the run is void: it proves nothing then
     */
    public RunReport run() throws IOException, InterruptedException {
        Path folder = options.folder().toAbsolutePath();
        requireEmpty(folder);
        Files.writeString(folder.resolve("run.txt"), options + System.lineSeparator());
        long began = System.nanoTime();
        say.accept("seed " + options.seed() + ", everything is written into " + folder);
        try (BrokerCluster brokers = BrokerCluster.start(folder.resolve("brokers"), options.brokers());
                JsonLines sent = new JsonLines(folder.resolve(Records.SENT));
                JsonLines released = new JsonLines(folder.resolve(Records.RELEASED));
                JsonLines faults = new JsonLines(folder.resolve("faults.jsonl"));
                JsonLines swaps = new JsonLines(folder.resolve("swaps.jsonl"));
                JsonLines latency = new JsonLines(folder.resolve("latency.csv"));
                JsonLines memory = new JsonLines(folder.resolve("memory.csv"))) {
            createTopics(brokers.bootstrapServers());
            BundleSource bundles = options.bundle().isEmpty() ? BundleSource.pixels(folder.resolve("bundles"))
                    : new BundleCopies(options.bundle().get(), folder.resolve("bundles"));
            LatencyLog latencies = new LatencyLog(latency);
            try (Releases releases = new Releases(brokers.bootstrapServers(), bundles, released);
                    Fleet fleet = fleet(brokers.bootstrapServers(), folder, bundles.line(), faults);
                    MemoryLog memories = new MemoryLog(fleet, memory);
                    GroupLag lag = new GroupLag(brokers.bootstrapServers(), InstanceSettings.APPLICATION, options.partitions());
                    Subscriber subscriber = new Subscriber(brokers.bootstrapServers(), latencies);
                    Sender sender = new Sender(brokers.bootstrapServers(),
                            new StudySource(options.seed(), options.idle().multipliedBy(2)), options.rate(), sent)) {
                RunReport report = new RunReport();
                releases.activate(releases.next());
                fleet.start();
                if (!Clock.await(fleet::isRunning, START)) {
                    throw new IllegalStateException("Not all instances had their tasks after " + START.toSeconds() + " s; their logs are in " + folder + ".");
                }
                memories.start();
                subscriber.start();
                sender.start();
                FaultRunner runner = new FaultRunner(new Random(options.seed() + 1), brokers, fleet, sender, subscriber, releases, lag, faults);
                breakThings(runner, sender, subscriber, report);
                if (options.swaps() > 0) {
                    awaitCalm(brokers, runner);
                    swap(new SwapRun(fleet, subscriber, releases, swaps), report);
                }
                awaitImages(sender, subscriber);
                sender.finish();
                awaitEnd(sender, subscriber);
                brokers.awaitInSync(START);
                fleet.close();
                new TopicDump(brokers.bootstrapServers(), folder).write();
                report.ended(runner, latencies.all(), memories.all(), options.swapInterval(), (System.nanoTime() - began) / 1e9);
                report.plot(folder, "seed " + options.seed() + ", " + options.instances() + " instances, " + options.brokers() + " brokers");
                return report;
            }
        }
    }

    private void createTopics(String bootstrap) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            new TopicAdmin(admin, options.partitions(), replication()).createAndCheck();
        }
    }

    private short replication() {
        return (short) Math.min(3, options.brokers());
    }

    private Fleet fleet(String bootstrap, Path folder, String line, JsonLines faults) throws IOException {
        List<Instance> regular = new ArrayList<>();
        for (int number = 1; number <= options.instances(); number++) {
            regular.add(instance("instance-" + number, bootstrap, folder, line));
        }
        return new Fleet(regular, instance("instance-extra", bootstrap, folder, line), event -> {
            say.accept(event);
            faults.write(new FaultRecord(0, "ENDED", event.split(" ")[0], Clock.micros(), 0, event));
        });
    }

    private Instance instance(String id, String bootstrap, Path folder, String line) throws IOException {
        return new Instance(id, new InstanceSettings(bootstrap, id, folder.resolve("state").resolve(id), replication(),
                options.guarantee(), COMMIT, options.idle(), line, options.bundle().isPresent()), folder, options.bundle().isPresent());
    }

    private void breakThings(FaultRunner runner, Sender sender, Subscriber subscriber, RunReport report) throws InterruptedException, IOException {
        if (!runner.recovered()) {
            throw new IllegalStateException("The run is void: nothing is scored, though nothing was broken yet.");
        }
        List<Fault> plan = FaultPlan.draw(options, new Random(options.seed()));
        Progress progress = new Progress(options.images(), plan.size());
        runner.run(plan, fault -> {
            report.add(fault);
            say.accept(progress.line(sender.images(), subscriber.merged(), fault.number()) + "; " + fault.kind() + " " + fault.target() + " " + fault.detail());
        });
    }

    /** What faults left behind is worked off before anything is measured. */
    private void awaitCalm(BrokerCluster brokers, FaultRunner runner) throws InterruptedException {
        brokers.awaitInSync(START);
        // Otherwise Kafka does it in the middle of the swaps, and all images wait for two seconds.
        brokers.electPreferredLeaders().ifPresent(say);
        if (!runner.recovered()) {
            say.accept("what the faults left is not worked off, and the swaps begin all the same");
        }
    }

    private void swap(SwapRun run, RunReport report) throws InterruptedException, IOException {
        say.accept(options.swaps() + " swaps, one each " + options.swapInterval().toMillis() / 1e3 + " s");
        report.add(run.run(options.swaps(), options.swapInterval(), number -> {
            if (number % 10 == 0) {
                say.accept(number + " of " + options.swaps() + " swaps, about "
                        + (options.swaps() - number) * options.swapInterval().toMillis() / 1000 + " s left");
            }
        }));
    }

    private void awaitImages(Sender sender, Subscriber subscriber) throws InterruptedException {
        Progress progress = new Progress(options.images(), 0);
        while (sender.images() < options.images()) {
            sender.requireSound();
            if (!Clock.await(() -> sender.images() >= options.images(), Duration.ofSeconds(10))) {
                say.accept(progress.line(sender.images(), subscriber.merged(), 0));
            }
        }
    }

    /** All merged, all final, all dead letters there; or nothing new for a while, and the check will say what is missing. */
    private void awaitEnd(Sender sender, Subscriber subscriber) throws InterruptedException {
        say.accept("all is sent: " + sender.images() + " images of " + sender.studies() + " studies; waiting for the last findings");
        Clock.await(() -> subscriber.merged() >= sender.images() && subscriber.studies() >= sender.studies() && subscriber.unfinished() == 0
                && subscriber.letters() >= sender.letters() || subscriber.quiet().compareTo(options.quiet()) > 0, Duration.ofHours(1));
    }

    private static void requireEmpty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IllegalStateException(folder + " is not empty. A run needs a folder of its own.");
            }
        }
    }
}
