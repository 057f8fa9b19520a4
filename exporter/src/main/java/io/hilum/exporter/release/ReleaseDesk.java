package io.hilum.exporter.release;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelStatus;
import io.hilum.exporter.ExportException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * One command on one line's slots.
 *
 * <p>Two commands on one line cannot overlap: opening the desk fences whoever had it open, whose next write then fails, so
 * that generations rise by exactly one. Who only waits notices the newer generation and stops.
 *
 * <p>Threading: used by one thread, which keeps the clients and closes them.
 */
final class ReleaseDesk {

    private final String line;
    private final String decidedBy;
    private final Producer<String, ModelRelease> producer;
    private final ReleaseReader releases;
    private final InstanceStatuses statuses;
    private final InstantSource clock;
    private final Consumer<String> tell;
    private Optional<ModelRelease> current;

    /** Opens the desk: fences others, then reads what is. */
    ReleaseDesk(String line, String decidedBy, Producer<String, ModelRelease> producer,
            org.apache.kafka.clients.consumer.Consumer<String, ModelRelease> releases,
            org.apache.kafka.clients.consumer.Consumer<String, ModelStatus> statuses, InstantSource clock, Consumer<String> tell) {
        this.line = line;
        this.decidedBy = decidedBy;
        this.producer = producer;
        this.releases = new ReleaseReader(releases);
        this.statuses = new InstanceStatuses(statuses);
        this.clock = clock;
        this.tell = tell;
        producer.initTransactions();
        this.releases.readToEnd();
        this.statuses.readToEnd();
        current = this.releases.latest(line);
    }

    /** What stands on the topic, or was written last here. */
    Optional<ModelRelease> current() {
        return current;
    }

    /**
     * Stages, waits for the instances, activates. Without a living instance the bundle goes straight to active: nobody
     * could answer, and a first installation has nothing to protect.
     */
    ModelRelease release(BundlePointer bundle, ReleasePolicy policy) throws ExportException {
        if (isActive(bundle)) {
            return current.orElseThrow();
        }
        if (live().isEmpty()) {
            tell.accept("No living instance of stream-processor is to serve the line " + line + ": " + bundle.getVersion()
                    + " goes straight to active, and serves once an instance has loaded it.");
            return activate(bundle);
        }
        stage(bundle, false);
        return activateWhenLoaded(bundle, policy);
    }

    /** Stages only, in shadow or not. */
    ModelRelease stage(BundlePointer bundle, boolean shadow) throws ExportException {
        if (isActive(bundle)) {
            throw new ExportException("The bundle " + bundle.getVersion() + " serves the line " + line + " already; there is nothing to stage.");
        }
        boolean staged = current.map(now -> now.getStaged().equals(bundle) && now.getShadow() == shadow).orElse(false);
        return staged ? current.orElseThrow() : write(Slots.staged(current, line, bundle, shadow));
    }

    /** Lets what is staged serve, once the instances have loaded it. */
    ModelRelease promote(ReleasePolicy policy) throws ExportException {
        ModelRelease now = required();
        if (!now.hasStaged()) {
            throw new ExportException("Nothing is staged for the line " + line + ". Stage a bundle with ./hilum release BUNDLE --stage-only.");
        }
        return live().isEmpty() ? activate(now.getStaged()) : activateWhenLoaded(now.getStaged(), policy);
    }

    /** Takes back what is staged. */
    ModelRelease abort() throws ExportException {
        ModelRelease now = required();
        if (!now.hasStaged()) {
            throw new ExportException("Nothing is staged for the line " + line + "; " + now.getActive().getVersion() + " serves.");
        }
        return write(Slots.withdrawn(now));
    }

    /** Lets the fallback serve, at once: instances serve what they have until they have loaded it. */
    ModelRelease rollBack() throws ExportException {
        ModelRelease now = required();
        if (!now.hasFallback()) {
            throw new ExportException("The line " + line + " has no fallback to go back to. Release another bundle instead.");
        }
        return write(Slots.rolledBack(now));
    }

    /** Takes the line out of service: instances score without it from now on. */
    void remove() throws ExportException {
        required();
        ReleaseWriter.write(producer, line, null);
        current = Optional.empty();
    }

    private ModelRelease activateWhenLoaded(BundlePointer bundle, ReleasePolicy policy) throws ExportException {
        ModelRelease staged = current.orElseThrow();
        Answers answers = await(staged, policy);
        if (answers.instances() == 0) {
            tell.accept("No instance lives any more: " + bundle.getVersion() + " goes straight to active.");
        } else if (!answers.reach(policy.quorum())) {
            write(Slots.withdrawn(staged));
            throw new ReleaseStoppedException(whyStopped(bundle, answers, policy));
        }
        ModelRelease active = activate(bundle);
        if (!answers.refused().isEmpty()) {
            tell.accept("These instances refuse it and serve "
                    + (active.hasFallback() ? "the fallback " + active.getFallback().getVersion() : "what they served before")
                    + ":" + System.lineSeparator() + answers.refusals());
        }
        if (!answers.silent().isEmpty()) {
            tell.accept("These instances had not answered; they serve it once they have loaded it:" + System.lineSeparator() + answers.silence());
        }
        return active;
    }

    private Answers await(ModelRelease staged, ReleasePolicy policy) throws ExportException {
        Instant end = clock.instant().plus(policy.timeout());
        String said = "";
        while (true) {
            statuses.readOn();
            requireUnreplaced(staged);
            Answers answers = Answers.of(live(), statuses.all(), staged);
            String news = "%d of %d instances have loaded %s".formatted(
                    answers.loaded().size(), answers.instances(), staged.getStaged().getVersion());
            if (!news.equals(said)) {
                tell.accept(news);
                said = news;
            }
            if (answers.isComplete() || !answers.canReach(policy.quorum()) || !clock.instant().isBefore(end)) {
                return answers;
            }
        }
    }

    private void requireUnreplaced(ModelRelease mine) throws ExportException {
        releases.readOn();
        Optional<ModelRelease> newest = releases.latest(line);
        if (newest.isPresent() && newest.get().getGeneration() > mine.getGeneration()) {
            throw new ReleaseStoppedException("Another command on the line " + line + " (generation "
                    + newest.get().getGeneration() + ", decided by " + newest.get().getDecidedBy() + ") took the place of this one.");
        }
    }

    private String whyStopped(BundlePointer bundle, Answers answers, ReleasePolicy policy) {
        String stays = current.filter(ModelRelease::hasActive).map(now -> now.getActive().getVersion() + " stays active")
                .orElse("nothing was active and nothing is");
        return "Not released: %d of %d instances have loaded %s, %s is asked for; %s, and nothing is staged any more.%s%s".formatted(
                answers.loaded().size(), answers.instances(), bundle.getVersion(),
                policy.quorum() == 1 ? "all of them" : "a share of " + policy.quorum(), stays,
                answers.refused().isEmpty() ? "" : System.lineSeparator() + "Refused by" + System.lineSeparator() + answers.refusals(),
                answers.silent().isEmpty() ? "" : System.lineSeparator() + "No answer within " + policy.timeout().toSeconds() + " s from"
                        + System.lineSeparator() + answers.silence());
    }

    private ModelRelease activate(BundlePointer bundle) {
        return write(Slots.activated(current, line, bundle, statuses.refusedVersions(line, clock.instant())));
    }

    private ModelRelease write(ModelRelease.Builder next) {
        ModelRelease release = next.setDecidedBy(decidedBy).build();
        ReleaseWriter.write(producer, line, release);
        current = Optional.of(release);
        return release;
    }

    private Set<String> live() {
        return statuses.live(line, clock.instant());
    }

    private boolean isActive(BundlePointer bundle) {
        return current.map(now -> now.getActive().equals(bundle)).orElse(false);
    }

    private ModelRelease required() throws ExportException {
        return current.orElseThrow(() -> new ExportException("Nothing was ever released for the line " + line + "."));
    }
}
