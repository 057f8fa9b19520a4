package io.hilum.ingest.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    @Test
    void sharesOneFlushAmongAllWhoWait() throws Exception {
        AtomicLong written = new AtomicLong();
        AtomicInteger flushes = new AtomicInteger();
        CountDownLatch firstFlush = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit commit = new GroupCommit(() -> {
            long reached = written.get();
            if (flushes.incrementAndGet() == 1) {
                firstFlush.countDown();
                await(goOn);
            }
            return reached;
        }, 0);
        ExecutorService waiters = Executors.newFixedThreadPool(21);
        try {
            List<Future<?>> all = new ArrayList<>();
            all.add(waiters.submit(() -> wait(commit, written.incrementAndGet())));
            firstFlush.await();
            for (int i = 0; i < 20; i++) {
                long ticket = written.incrementAndGet();
                all.add(waiters.submit(() -> wait(commit, ticket)));
            }
            goOn.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            waiters.shutdownNow();
        }
        assertEquals(2, flushes.get(), "one for the first, one for all who came meanwhile");
    }

    @Test
    void acknowledgesNothingMoreAfterAFailedFlush() {
        AtomicInteger flushes = new AtomicInteger();
        GroupCommit commit = new GroupCommit(() -> {
            if (flushes.incrementAndGet() == 1) {
                throw new IOException("disk gone");
            }
            return 100;
        }, 0);
        assertThrows(JournalException.class, () -> commit.await(1));
        // The kernel may have dropped the pages: a second flush that succeeds proves nothing.
        JournalException still = assertThrows(JournalException.class, () -> commit.await(1));
        assertTrue(still.getMessage().contains("disk gone"), still.getMessage());
        assertTrue(commit.isBroken());
        assertEquals(1, flushes.get());
    }

    @Test
    void believesNoFlushThatSucceedsAfterAnotherOneFailed() {
        AtomicLong flushes = new AtomicLong();
        GroupCommit[] commit = new GroupCommit[1];
        commit[0] = new GroupCommit(() -> {
            commit[0].fail(new IOException("disk gone"));
            return flushes.incrementAndGet() + 100;
        }, 0);
        assertThrows(JournalException.class, () -> commit[0].await(1));
        assertThrows(JournalException.class, () -> commit[0].await(1));
        assertEquals(0, commit[0].durable());
        assertEquals(1, flushes.get());
    }

    private static Void wait(GroupCommit commit, long ticket) throws IOException {
        commit.await(ticket);
        assertTrue(commit.durable() >= ticket);
        return null;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
