package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.check.Sent;
import io.hilum.benchmarks.chaos.instance.InstanceSettings;
import io.hilum.contracts.event.BundlePointer;
import io.hilum.embedded.BrokerCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Breaks one thing after another, at random moments. Most of the time it waits until all is worked off; sometimes it does not, so
 * that faults meet. A broker is killed only while all copies are up to date: the loss of two is more than
 * three copies promise to survive.
 *
 * <p>Owned by one thread.
 */
final class FaultRunner {

    private static final Duration RECOVERY = Duration.ofSeconds(120);
    private static final Duration ENGINE_CALL = Duration.ofSeconds(30);
    private static final double OVERLAP = 0.25;
    private static final int LONGEST_PAUSE_MS = 1500;
    private static final List<Sent.Kind> POISONS =
            List.of(Sent.Kind.GARBAGE, Sent.Kind.WITHOUT_CANVAS, Sent.Kind.LYING_HASH, Sent.Kind.MARKED);

    private final Random random;
    private final BrokerCluster brokers;
    private final Fleet fleet;
    private final Sender sender;
    private final Subscriber subscriber;
    private final Releases releases;
    private final GroupLag lag;
    private final JsonLines log;
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private int number;
    private int unrecovered;

    FaultRunner(Random random, BrokerCluster brokers, Fleet fleet, Sender sender, Subscriber subscriber, Releases releases, GroupLag lag, JsonLines log) {
        this.random = random;
        this.brokers = brokers;
        this.fleet = fleet;
        this.sender = sender;
        this.subscriber = subscriber;
        this.releases = releases;
        this.lag = lag;
        this.log = log;
    }

    /** @param progress told after each fault */
    void run(List<Fault> plan, Consumer<FaultRecord> progress) throws InterruptedException, IOException {
        for (Fault fault : plan) {
            sender.requireSound();
            Thread.sleep(random.nextInt(LONGEST_PAUSE_MS));
            FaultRecord record = run(fault);
            log.write(record);
            log.flush();
            progress.accept(record);
        }
    }

    Map<Fault, Integer> done() {
        return Map.copyOf(done);
    }

    /** After how many faults not all was worked off in time. */
    int unrecovered() {
        return unrecovered;
    }

    private FaultRecord run(Fault fault) throws InterruptedException, IOException {
        if (fault == Fault.BROKER_KILL) {
            brokers.awaitInSync(RECOVERY);
        }
        long began = Clock.micros();
        String[] what = switch (fault) {
            case KILL -> kill(anyInstance());
            case STOP -> stop(anyInstance());
            case FREEZE -> freeze(anyInstance());
            case REBALANCE -> rebalance();
            case BROKER_KILL -> killBroker();
            case ENGINE_FAILURE -> breakEngine(anyInstance());
            case POISON -> poison();
            case SWAP -> swap();
        };
        done.merge(fault, 1, Integer::sum);
        number++;
        if (random.nextDouble() < OVERLAP) {
            return new FaultRecord(number, fault.name(), what[0], began, 0, what[1]);
        }
        boolean recovered = recovered();
        return new FaultRecord(number, fault.name(), what[0], began, Clock.micros(),
                recovered ? what[1] : what[1] + "; NOT RECOVERED within " + RECOVERY.toSeconds() + " s");
    }

    /** Waits until all instances have their tasks and all that was sent until now is committed; says whether that came true. */
    boolean recovered() throws InterruptedException {
        long end = System.nanoTime() + RECOVERY.toNanos();
        Optional<Map<TopicPartition, Long>> ends = lag.ends();
        while (ends.isEmpty() && System.nanoTime() < end) {
            ends = lag.ends();
        }
        Map<TopicPartition, Long> until = ends.orElse(Map.of());
        boolean recovered = !until.isEmpty() && Clock.await(() -> fleet.isRunning() && lag.hasPassed(until), Duration.ofNanos(end - System.nanoTime()));
        if (!recovered) {
            unrecovered++;
        }
        return recovered;
    }

    private String[] kill(Instance instance) throws InterruptedException {
        instance.kill();
        long away = random.nextInt(LONGEST_PAUSE_MS);
        Thread.sleep(away);
        instance.start();
        return new String[] {instance.id(), "away for " + away + " ms"};
    }

    private String[] stop(Instance instance) throws InterruptedException {
        String detail = "";
        try {
            instance.stop();
        } catch (IllegalStateException late) {
            detail = late.getMessage();
        }
        instance.start();
        return new String[] {instance.id(), detail};
    }

    private String[] freeze(Instance instance) throws InterruptedException {
        long millis = InstanceSettings.SESSION.toMillis() + 1500 + random.nextInt(LONGEST_PAUSE_MS);
        instance.freeze();
        Thread.sleep(millis);
        instance.thaw();
        return new String[] {instance.id(), "for " + millis + " ms"};
    }

    private String[] rebalance() throws InterruptedException {
        Instance extra = fleet.extra();
        if (extra.isWanted()) {
            extra.leave();
            return new String[] {extra.id(), "leaves"};
        }
        extra.start();
        return new String[] {extra.id(), "joins"};
    }

    private String[] killBroker() throws InterruptedException {
        int broker = random.nextInt(brokers.size());
        brokers.kill(broker);
        long away = random.nextInt(4 * LONGEST_PAUSE_MS);
        Thread.sleep(away);
        brokers.restart(broker);
        return new String[] {"broker-" + (broker + 1), "away for " + away + " ms and its start"};
    }

    private String[] breakEngine(Instance instance) throws InterruptedException {
        // Every second time only one call fails: that is no image's fault either.
        long millis = random.nextBoolean() ? 0 : 500 + random.nextInt(2 * LONGEST_PAUSE_MS);
        int before = instance.failures();
        instance.breakEngine(millis);
        boolean hit = Clock.await(() -> instance.failures() > before, ENGINE_CALL);
        Thread.sleep(millis);
        return new String[] {instance.id(), (millis == 0 ? "one call" : "for " + millis + " ms") + (hit ? "" : ", not called in time")};
    }

    private String[] poison() throws InterruptedException {
        Sent.Kind kind = POISONS.get(random.nextInt(POISONS.size()));
        try {
            Sent sent = sender.poison(kind).get();
            boolean there = Clock.await(() -> subscriber.hasLetterOf(sent.topic(), sent.partition(), sent.offset()), RECOVERY);
            return new String[] {sent.topic() + "/" + sent.partition() + "/" + sent.offset(), kind + (there ? "" : ", no dead letter in time")};
        } catch (ExecutionException failed) {
            throw new IllegalStateException("The run is void, a record could not be sent: " + failed.getCause(), failed);
        }
    }

    private String[] swap() throws InterruptedException, IOException {
        BundlePointer next = releases.next();
        boolean staged = random.nextBoolean();
        if (staged) {
            releases.stage(next);
        }
        long generation = releases.activate(next);
        boolean served = Clock.await(() -> fleet.wanted().stream().allMatch(each -> subscriber.serves(each.id()) >= generation), RECOVERY);
        return new String[] {next.getVersion(), (staged ? "staged before" : "at once") + (served ? "" : ", not served everywhere in time")};
    }

    private Instance anyInstance() {
        List<Instance> regular = fleet.regular();
        return regular.get(random.nextInt(regular.size()));
    }
}
