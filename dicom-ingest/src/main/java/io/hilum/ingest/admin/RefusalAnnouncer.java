package io.hilum.ingest.admin;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.DeadLetterKind;
import io.hilum.contracts.event.Origin;
import io.hilum.contracts.topic.Topics;
import io.hilum.contracts.trace.TraceContext;
import io.hilum.ingest.door.Refusal;
import io.hilum.ingest.door.Way;
import io.hilum.ingest.publish.Gateway;
import io.hilum.ingest.publish.Publisher;
import io.hilum.ingest.publish.PublisherState;
import io.hilum.ingest.publish.UnsendableException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Tells the topic of dead letters about refusals, as well as it can: a refusal never waits for the broker. While the
 * broker is away the latest thousand wait here; the durable list has them all the same.
 *
 * <p>Threading: free to share; one thread of its own sends.
 */
public final class RefusalAnnouncer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(RefusalAnnouncer.class.getName());
    private static final int WAITING = 1000;
    private static final long PAUSE_MILLIS = 500;

    /** @param trace of the receipt that ended in the refusal */
    private record Announced(DeadLetter letter, TraceContext trace) {}

    private final BlockingQueue<Announced> waiting = new LinkedBlockingQueue<>(WAITING);
    private final Gateway gateway;
    private final Publisher publisher;
    private final String site;
    private final Clock clock;
    private final Thread thread;
    private volatile boolean stopping;

    /** @param publisher knows when the topics are there */
    public RefusalAnnouncer(Gateway gateway, Publisher publisher, String site, Clock clock) {
        this.gateway = gateway;
        this.publisher = publisher;
        this.site = site;
        this.clock = clock;
        this.thread = new Thread(this::run, "ingest-refusals");
        this.thread.setDaemon(true);
    }

    public RefusalAnnouncer start() {
        thread.start();
        return this;
    }

    void announce(Way way, String sender, Refusal refusal, TraceContext trace) {
        Instant now = clock.instant();
        DeadLetter letter = DeadLetter.newBuilder()
                .setKind(DeadLetterKind.REFUSED_AT_DOOR)
                .setOrigin(Origin.newBuilder().setService("dicom-ingest"))
                .setCauseCode(refusal.cause().code())
                .setCause(refusal.sentence())
                .setDetail("%s, status 0x%04X".formatted(way, refusal.cause().status()))
                .setStudyUid(refusal.studyUid())
                .setSopInstanceUid(refusal.sopInstanceUid())
                .setSite(site)
                .setSender(sender)
                .setAt(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000).build();
        Announced announced = new Announced(letter, trace);
        while (!waiting.offer(announced)) {
            waiting.poll();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                Announced next = waiting.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                while (next != null && !stopping && !sent(next.letter(), next.trace())) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether it is done with: sent, or never to be taken by the broker */
    private boolean sent(DeadLetter letter, TraceContext trace) throws InterruptedException {
        if (publisher.state() != PublisherState.PUBLISHING) {
            return false;
        }
        String key = letter.getStudyUid().isEmpty() ? letter.getSender() : letter.getStudyUid();
        try {
            gateway.send(Topics.DEAD_LETTERS, key, letter, Optional.of(trace)).get(30, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnsendableException never) {
                LOG.log(System.Logger.Level.WARNING, "The broker will not take the dead letter of a refusal ({0}); it "
                        + "stands in the list of refusals only.", never.getMessage());
                return true;
            }
            return false;
        } catch (TimeoutException away) {
            return false;
        }
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }
}
