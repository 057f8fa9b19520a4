package io.hilum.ingest.publish;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyReceived;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import io.hilum.ingest.door.FaultPoint;
import io.hilum.ingest.journal.Journal;
import io.hilum.ingest.journal.JournalCursor;
import io.hilum.ingest.journal.ReceivedEntry;
import io.hilum.ingest.trace.IngestTracer;
import io.hilum.ingest.trace.SendTrace;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Announces every journal entry at least once.
 *
 * <p>Stages: the dispatcher thread takes entries in their order, urgent ones first, as many at a time as the window allows; a renderer
 * thread prepares each; when the entry before it <em>of the same study</em> is done, study and image are sent and
 * acknowledged; then the entry is marked. A failure of the broker is tried again with growing pauses for as long as it
 * takes, the canvas kept in memory; the window bounds how many wait. An entry whose object cannot be read leaves the
 * window with those behind it in its study, and comes again after a pause ({@link Postponed}).
 *
 * <p>A crash anywhere leaves the entry open, so it is announced again on the next start.
 */
public final class Publisher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Publisher.class.getName());
    private static final long POLL_MILLIS = 500;
    /** Entries in memory whose object cannot be read; beyond, the store itself is away, and the rest waits on disk. */
    private static final int MOST_POSTPONED = 1000;

    private final Journal journal;
    private final Preparer preparer;
    private final Gateway gateway;
    private final PublisherListener listener;
    private final IngestTracer tracer;
    private final Clock clock;
    private final Backoff backoff;
    private final Postponed postponed;
    private final Semaphore window;
    private final int windowSize;
    private final ExecutorService renderers;
    private final StudyMemory studies = new StudyMemory();
    private final Map<String, CompletableFuture<Void>> lastOfStudy = new ConcurrentHashMap<>();
    private final Thread dispatcher;
    private volatile PublisherState state = PublisherState.STARTING;
    private volatile String trouble = "";
    private volatile boolean stopping;

    /**
     * @param window images in flight at the same time: a canvas each in memory
     * @param rendererThreads films decoded at the same time: a whole film each in memory
     * @param firstBackoffMillis pause after the first failure; doubled up to 15 s
     */
    public Publisher(Journal journal, Preparer preparer, Gateway gateway, PublisherListener listener, IngestTracer tracer,
            Clock clock, int window, int rendererThreads, long firstBackoffMillis) {
        this.journal = journal;
        this.preparer = preparer;
        this.gateway = gateway;
        this.listener = listener;
        this.tracer = tracer;
        this.clock = clock;
        this.backoff = new Backoff(firstBackoffMillis, 15_000);
        this.postponed = new Postponed(backoff);
        this.window = new Semaphore(window);
        this.windowSize = window;
        AtomicInteger serial = new AtomicInteger();
        this.renderers = Executors.newFixedThreadPool(rendererThreads, task -> {
            Thread thread = new Thread(task, "ingest-renderer-" + serial.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.dispatcher = new Thread(this::run, "ingest-publisher");
        this.dispatcher.setDaemon(true);
    }

    public Publisher start() {
        dispatcher.start();
        return this;
    }

    public PublisherState state() {
        return state;
    }

    /** Why it is not publishing, as a sentence; empty when it is. */
    public String trouble() {
        return trouble;
    }

    /** Whether its thread runs, or ended because it should: if not, only a restart publishes again. */
    public boolean isAlive() {
        return dispatcher.isAlive() || stopping;
    }

    private void run() {
        try {
            prepareTopics();
            JournalCursor cursor = new JournalCursor();
            while (!stopping) {
                try {
                    dispatchNext(cursor);
                } catch (IOException broken) {
                    trouble("The journal cannot be read: " + broken.getMessage() + " What it holds is published after "
                            + "a restart of dicom-ingest.", PublisherState.MISCONFIGURED);
                    LOG.log(System.Logger.Level.ERROR, trouble, broken);
                    Thread.sleep(POLL_MILLIS);
                } catch (RuntimeException | Error fault) {
                    // Whatever it was, the entries behind it must not wait for a restart.
                    LOG.log(System.Logger.Level.ERROR, "A fault in the publisher; it goes on.", fault);
                    Thread.sleep(POLL_MILLIS);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (Throwable fault) {
            LOG.log(System.Logger.Level.ERROR, "The publisher ended because of a fault; restart dicom-ingest.", fault);
            trouble("The publisher ended because of a fault (" + fault + "); restart dicom-ingest.", PublisherState.MISCONFIGURED);
        }
    }

    private void dispatchNext(JournalCursor cursor) throws IOException, InterruptedException {
        for (ReceivedEntry again : postponed.due()) {
            dispatch(again);
        }
        if (postponed.size() >= MOST_POSTPONED) {
            Thread.sleep(backoff.millis(0));
            return;
        }
        Optional<ReceivedEntry> next = journal.next(cursor, POLL_MILLIS);
        if (next.isPresent()) {
            dispatch(next.get());
        }
    }

    private void prepareTopics() throws InterruptedException {
        for (int tries = 0; !stopping; tries++) {
            try {
                gateway.prepare();
                well();
                return;
            } catch (TopicsDifferException differ) {
                trouble(differ.getMessage(), PublisherState.MISCONFIGURED);
            } catch (RuntimeException | Error away) {
                trouble("The broker cannot be used: " + away.getMessage(), PublisherState.DEGRADED);
            }
            long pause = backoff.millis(tries);
            for (long waited = 0; waited < pause && !stopping; waited += 100) {
                Thread.sleep(100);
            }
        }
    }

    private void dispatch(ReceivedEntry entry) throws InterruptedException {
        if (postponed.addBehind(entry)) {
            return;
        }
        while (!window.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (stopping) {
                return;
            }
        }
        try {
            inFlight(entry);
        } catch (RuntimeException | Error fault) {
            // No thread, no memory: nothing has begun.
            postponed.add(entry);
            window.release();
            LOG.log(System.Logger.Level.ERROR, "Entry " + entry.sequence() + " could not be begun; it is tried again.", fault);
        }
    }

    /** A place in the window is held, and given back when the entry is announced or postponed. */
    private void inFlight(ReceivedEntry entry) {
        CompletableFuture<Announcement> prepared = CompletableFuture.supplyAsync(() -> prepare(entry), renderers);
        CompletableFuture<Void> done;
        synchronized (lastOfStudy) {
            CompletableFuture<Void> before = postponed.holds(entry.studyUid())
                    ? CompletableFuture.failedFuture(new PostponedException(null))
                    : lastOfStudy.getOrDefault(entry.studyUid(), CompletableFuture.completedFuture(null));
            done = before.handle((ok, failed) -> inOrder(failed))
                    .thenCombine(prepared, (nothing, announcement) -> announcement)
                    .thenCompose(announcement -> announce(entry, announcement));
            lastOfStudy.put(entry.studyUid(), done);
        }
        done.whenComplete((ok, failed) -> ended(entry, done, unwrap(failed)));
    }

    /** What is behind a postponed entry of its study is postponed with it. */
    private static Void inOrder(Throwable before) {
        if (unwrap(before) instanceof PostponedException) {
            throw new PostponedException(null);
        }
        return null;
    }

    private void ended(ReceivedEntry entry, CompletableFuture<Void> done, Throwable failed) {
        synchronized (lastOfStudy) {
            // Under one lock: between the two, a later entry of the study would go ahead.
            if (failed instanceof PostponedException) {
                postponed.add(entry);
            }
            lastOfStudy.remove(entry.studyUid(), done);
        }
        window.release();
        if (failed == null) {
            postponed.recovered(entry.studyUid());
        } else if (!(failed instanceof PostponedException) && !stopping) {
            LOG.log(System.Logger.Level.ERROR, "Entry " + entry.sequence() + " is left for the next start.", failed);
        }
    }

    private Announcement prepare(ReceivedEntry entry) {
        try {
            long began = tracer.now();
            Announcement prepared = preparer.prepare(entry);
            tracer.rendered(entry, began, prepared instanceof Announcement.Quarantine quarantine ? quarantine.letter().getCauseCode() : "");
            return prepared;
        } catch (IOException | RuntimeException | Error failed) {
            trouble("Reading " + entry.uri() + " failed: " + failed.getMessage() + ". It is tried again.", PublisherState.DEGRADED);
            throw new PostponedException(failed);
        }
    }

    /** The entry gives its place in the window to others and comes again. */
    private static final class PostponedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PostponedException(Throwable cause) {
            super("postponed", cause, false, false);
        }
    }

    private CompletableFuture<Void> announce(ReceivedEntry entry, Announcement announcement) {
        if (announcement instanceof Announcement.Film film) {
            return film(entry, film);
        }
        return quarantine(entry, ((Announcement.Quarantine) announcement).letter());
    }

    private CompletableFuture<Void> film(ReceivedEntry entry, Announcement.Film film) {
        StudyReceived study = studies.news(film.study());
        CompletableFuture<Void> sent = study == null
                ? CompletableFuture.completedFuture(null)
                : send(Topics.STUDIES, entry, () -> study).thenRun(() -> studies.announced(study));
        return sent
                .thenCompose(ok -> send(film.topic(), entry, () -> stamped(film.image())))
                .thenRun(() -> mark(entry))
                .exceptionallyCompose(failed -> unwrap(failed) instanceof UnsendableException never
                        ? quarantine(entry, preparer.quarantine(entry, "unsendable",
                                "The broker will not take the film's event: " + never.getMessage()).letter())
                        : CompletableFuture.failedFuture(failed));
    }

    private void mark(ReceivedEntry entry) {
        FaultPoint.reach("published");
        try {
            journal.published(entry.sequence());
        } catch (IOException failed) {
            throw new CompletionException(failed);
        }
        FaultPoint.reach("marked");
        listener.published(entry);
    }

    private CompletableFuture<Void> quarantine(ReceivedEntry entry, DeadLetter letter) {
        return send(Topics.DEAD_LETTERS, entry, () -> letter).thenComposeAsync(ok -> persistently("quarantine", () -> {
            try {
                listener.quarantined(entry, letter);
                journal.quarantined(entry.sequence());
                return CompletableFuture.completedFuture(null);
            } catch (IOException failed) {
                return CompletableFuture.failedFuture(failed);
            }
        }), renderers);
    }

    private CompletableFuture<Void> send(Topic topic, ReceivedEntry entry, Supplier<? extends com.google.protobuf.Message> event) {
        SendTrace trace = tracer.sending(topic, entry);
        return persistently(topic.name(),
                () -> gateway.send(topic, entry.studyUid(), event.get(), trace.context()).thenRun(this::well))
                .whenComplete((sent, failed) -> trace.ended(failed));
    }

    private ImageReceived stamped(ImageReceived image) {
        Instant now = clock.instant();
        return image.toBuilder().setTimes(image.getTimes().toBuilder()
                .setPublished(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000)).build();
    }

    /** Tries until it succeeds, can never succeed, or the publisher stops. */
    private <T> CompletableFuture<T> persistently(String what, Supplier<CompletableFuture<T>> attempt) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        tryOnce(what, attempt, 0, outcome);
        return outcome;
    }

    private <T> void tryOnce(String what, Supplier<CompletableFuture<T>> attempt, int tries, CompletableFuture<T> outcome) {
        CompletableFuture<T> once;
        try {
            once = attempt.get();
        } catch (RuntimeException stopped) {
            once = CompletableFuture.failedFuture(stopped);
        }
        once.whenComplete((result, failed) -> {
            Throwable cause = unwrap(failed);
            if (cause == null) {
                outcome.complete(result);
            } else if (stopping || cause instanceof UnsendableException) {
                outcome.completeExceptionally(cause);
            } else {
                trouble(what + " failed: " + cause.getMessage() + ". It is tried again.", PublisherState.DEGRADED);
                backoff.after(tries, renderers).whenComplete((waited, shutDown) -> {
                    if (shutDown == null) {
                        tryOnce(what, attempt, tries + 1, outcome);
                    } else {
                        outcome.completeExceptionally(cause);
                    }
                });
            }
        });
    }

    private static Throwable unwrap(Throwable failed) {
        return failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
    }

    /** The broker took something: nothing else proves that publishing goes on. */
    private void well() {
        if (state != PublisherState.PUBLISHING && !stopping) {
            LOG.log(System.Logger.Level.INFO, "Publishing to the topics.");
            state = PublisherState.PUBLISHING;
            trouble = "";
        }
    }

    private void trouble(String sentence, PublisherState now) {
        if (stopping) {
            return;
        }
        if (state != now) {
            LOG.log(System.Logger.Level.WARNING, sentence + " The door goes on into the journal.");
        }
        trouble = sentence;
        state = now;
    }

    /** Stops taking entries and waits a little for those in flight; the others stay open in the journal. */
    @Override
    public void close() {
        stopping = true;
        try {
            dispatcher.join(TimeUnit.SECONDS.toMillis(2));
            window.tryAcquire(windowSize, 3, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        gateway.close();
        renderers.shutdown();
        state = PublisherState.STOPPED;
    }
}
