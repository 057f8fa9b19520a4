package io.hilum.processor.score;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * How much work all tasks of the JVM have under way at the one engine, and whether it gets on.
 *
 * <p>A commit waits for the images of every task of its thread, one task after another: findings wait with it, and it
 * must end before the broker gives its transaction up. So the images under way are bounded over all tasks, and the bound
 * follows the engine: by Little's law {@code images under way / time of one image} is its rate, and no more
 * images are let in than it scores within {@link ScoreSettings#loadTime}, or, where that would let it wait, than keep it
 * busy; never more than it scores within half of the drain time-out. The first image of a slow engine already
 * tells enough; a wait that ended in vain halves the bound, so that the next attempt gets through.
 *
 * <p>A wait ends in vain when no image at all came back for the drain time-out, or when the drains of one commit
 * have lasted longer than its transaction allows. That many images wait is no reason.
 *
 * <p>Threading: shared by all stream threads and by whoever completes images; guarded by its monitor. What a
 * commit has used of its time belongs to its stream thread.
 */
final class EngineLoad {

    /** Before anything is known of the engine. */
    private static final int FIRST_BOUND = 16;
    /** A thread has several tasks: when one's turn ends because a commit is due, another one may still take an image. */
    private static final int SLACK = 8;
    /** A thread that took no image for so many commits needs no share. */
    private static final int IDLE_INTERVALS = 10;

    private final ScoreSettings settings;
    private final Waiting waiting;
    private final ThreadLocal<Transaction> transactions = ThreadLocal.withInitial(this::newTransaction);

    private int bound;
    private int underWay;
    /** Of all threads that ever took an image. */
    private final List<Transaction> known = new ArrayList<>();
    private long lastSign;
    private CompletableFuture<Void> nextEnd = new CompletableFuture<>();

    EngineLoad(ScoreSettings settings, Waiting waiting) {
        this.settings = settings;
        this.waiting = waiting;
        this.bound = Math.min(FIRST_BOUND, settings.loadBound());
        this.lastSign = waiting.nanos();
    }

    /** How many images may be under way now. */
    synchronized int bound() {
        return bound;
    }

    /** Counts an image until its outcome is there; to be called once the engine has it. */
    void watch(CompletableFuture<?> outcome) {
        long began = waiting.nanos();
        Transaction mine = transactions.get();
        int together;
        synchronized (this) {
            together = ++underWay;
            mine.underWay++;
            mine.lastTook = began;
        }
        outcome.whenComplete((ignored, failure) -> ended(mine, began, together, outcome.isCancelled()));
    }

    /** When this stream thread took the first record that it has not committed. */
    long transactionBegan() {
        Transaction mine = transactions.get();
        if (mine.began == null) {
            mine.began = waiting.nanos();
        }
        return mine.began;
    }

    /** A task of this stream thread is about to drain: what the thread takes next belongs to another transaction. */
    void commits() {
        Transaction mine = transactions.get();
        if (mine.began == null) {
            // Another task was the first to drain for this commit.
            return;
        }
        mine.began = null;
        mine.lastCommit = waiting.nanos();
        mine.drained = 0;
    }

    /**
     * Whether this thread does well to commit before its time: nothing is under way, so that nothing is waited for, and
     * its last commit is at least half an interval ago.
     */
    synchronized boolean commitIsCheap() {
        Transaction mine = transactions.get();
        return mine.underWay == 0
                && waiting.nanos() - mine.lastCommit >= settings.commitInterval().toNanos() / 2;
    }

    /**
     * Whether this thread does well to commit because its findings have waited for the interval. Kafka Streams counts it from a
     * commit's end to the next one's beginning, so that findings wait for the last drain as well; here it counts from one drain's
     * beginning to the next.
     *
     * <p>Not where the last drain was short: Kafka Streams does not count what it is asked for, and would commit once more soon
     * after. Not in a backlog either: there a commit costs more than findings wait.
     */
    synchronized boolean commitIsDue() {
        Transaction mine = transactions.get();
        long now = waiting.nanos();
        long interval = settings.commitInterval().toNanos();
        return mine.began != null && mine.drained >= interval / 4 && 2 * mine.underWay <= shareOf(mine)
                && now - mine.lastCommit >= interval && now - mine.began >= interval / 2;
    }

    /** This stream thread takes records again: its next drain is the first one of another commit. */
    void commitIsOver() {
        transactions.get().drainsBegan = null;
    }

    /** Waits, before an image is let in, while too many are under way. */
    void awaitRoom() {
        long began = waiting.nanos();
        for (CompletableFuture<Void> next = overfullUntil(); next != null; next = overfullUntil()) {
            await(next, began, "let another image in");
        }
    }

    /**
     * Waits, after an image was let in, while there is no room for another one of this thread, or until its commit is due.
     *
     * <p>This keeps the threads' commits apart. A thread that has enough under way and has to commit does not compete for
     * the room that comes free: the others fill it, and the engine has their images while this one drains and commits. For
     * the same end each thread has its share of the bound, so that the images of one transaction fill a batch and do not
     * stand in two. Otherwise the last images of all threads would soon share a batch, all would commit at once, and the
     * engine would have nothing to do.
     */
    void linger() {
        Transaction mine = transactions.get();
        long due = transactionBegan() + settings.commitInterval().toNanos();
        for (CompletableFuture<Void> next = fullUntil(mine); next != null; next = fullUntil(mine)) {
            long left = due - waiting.nanos();
            if (left <= 0) {
                return;
            }
            awaitAtMost(next, left);
        }
    }

    /** Waits for one piece of work, outside of a commit. */
    void await(CompletableFuture<?> work) {
        await(work, waiting.nanos(), "finish the oldest image of a task");
    }

    /** Waits inside a commit: the time that it has is shared with the other tasks of this thread. */
    void awaitInCommit(CompletableFuture<?> work, int images) {
        Transaction mine = transactions.get();
        if (mine.drainsBegan == null) {
            mine.drainsBegan = waiting.nanos();
        }
        long began = waiting.nanos();
        await(work, mine.drainsBegan, "finish " + images + " pending images");
        mine.drained += waiting.nanos() - began;
    }

    private void await(CompletableFuture<?> work, long began, String what) {
        long waitBegan = waiting.nanos();
        long stall = settings.drainTimeout().toNanos();
        long limit = settings.commitLimit().toNanos();
        while (!work.isDone()) {
            long now = waiting.nanos();
            long silent = now - Math.max(waitBegan, lastSign());
            if (silent >= stall) {
                throw stuck("Inference did not " + what + ": no image came back for "
                        + settings.drainTimeout().toMillis() + " ms. Is the engine stuck, or the machine overloaded?");
            }
            if (now - began >= limit) {
                throw stuck("Inference did not " + what + " within the " + settings.commitLimit().toMillis()
                        + " ms that its transaction leaves. Fewer images are let in from now on.");
            }
            awaitAtMost(work, Math.min(stall - silent, limit - (now - began)));
        }
    }

    private void awaitAtMost(CompletableFuture<?> work, long nanos) {
        try {
            waiting.await(work, nanos);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new StuckWorkException("The stream thread was interrupted while it waited for inference.", stopping);
        }
    }

    private synchronized StuckWorkException stuck(String sentence) {
        bound = Math.max(1, bound / 2);
        return new StuckWorkException(sentence + " Nothing of it is committed, the records will be read again.", null);
    }

    private void ended(Transaction mine, long began, int together, boolean givenUp) {
        CompletableFuture<Void> end;
        synchronized (this) {
            underWay--;
            mine.underWay--;
            if (!givenUp) {
                lastSign = waiting.nanos();
                long took = Math.max(TimeUnit.MILLISECONDS.toNanos(1), lastSign - began);
                long prompt = Math.max(settings.keepBusy(), scoredWithin(settings.loadTime().toNanos(), together, took));
                long safe = scoredWithin(settings.drainTimeout().toNanos() / 2, together, took);
                bound = (int) Math.max(1, Math.min(settings.loadBound(), Math.min(prompt, safe)));
            }
            end = nextEnd;
            nextEnd = new CompletableFuture<>();
        }
        end.complete(null);
    }

    private static long scoredWithin(long nanos, int together, long took) {
        return together * nanos / took;
    }

    private synchronized long lastSign() {
        return lastSign;
    }

    /** Completes at the next image's end; null when one more does no harm. */
    private synchronized CompletableFuture<Void> overfullUntil() {
        return underWay < bound + bound / SLACK ? null : nextEnd;
    }

    /** Completes at the next image's end; null when there is room. */
    private synchronized CompletableFuture<Void> fullUntil(Transaction mine) {
        return underWay < bound && mine.underWay < shareOf(mine) ? null : nextEnd;
    }

    /** How many images of a thread may be under way while the others have some too. Under the monitor. */
    private int shareOf(Transaction thread) {
        long idle = waiting.nanos() - IDLE_INTERVALS * settings.commitInterval().toNanos();
        int threads = (int) known.stream().filter(each -> each == thread || each.underWay > 0 || each.lastTook - idle > 0).count();
        return Math.max(1, bound / threads);
    }

    private synchronized Transaction newTransaction() {
        Transaction transaction = new Transaction();
        transaction.lastCommit = waiting.nanos();
        known.add(transaction);
        return transaction;
    }

    /** What a stream thread has under way; one object a thread, again and again. */
    private static final class Transaction {

        // The thread's own:

        /** When its first record was taken; null before. */
        private Long began;
        /** When the first drain of its last commit began. */
        private long lastCommit;
        /** How long the drains of its last commit waited. */
        private long drained;
        /** When the first drain of its commit began; null before. */
        private Long drainsBegan;

        // Guarded by the load's monitor:

        private int underWay;
        private long lastTook;
    }
}
