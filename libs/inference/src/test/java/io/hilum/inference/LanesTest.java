package io.hilum.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The batcher's rule in a time of its own: no thread, no clock, no machine that could be slow. */
class LanesTest {

    private static final long MS = 1_000_000;

    @Test
    void letsNoIdleEngineWaitOncePreferredSizeIsReached() {
        Lanes lanes = waiting(3, 0, 4, 8);
        assertEquals(0, lanes.due(MS));
        lanes.add(image(false, 0));
        assertEquals(4, lanes.due(MS));
    }

    @Test
    void cutsNoBatchBelowTheLargestPreferredSize() {
        assertEquals(8, waiting(9, 0, 4, 8).due(MS));
        assertEquals(4, waiting(7, 0, 4, 8).due(MS));
        assertEquals(0, waiting(9, 0).due(MS), "without preferred sizes company is waited for");
    }

    @Test
    void keepsNoImageLongerThanItsDelayForAPreferredSize() {
        Lanes lanes = waiting(9, 0, 4, 8);
        assertEquals(9, lanes.due(10 * MS), "the delay is over: all that wait go");
        lanes.take(8);
        assertEquals(0, lanes.due(9 * MS));
        assertEquals(MS, lanes.nanosToDelay(9 * MS));
        assertEquals(1, lanes.due(10 * MS));
    }

    @Test
    void exceedsNoMaximumBatch() {
        assertEquals(10, waiting(25, 0, 4, 8).due(0), "the maximum counts as preferred");
        assertEquals(10, waiting(25, 0, 4, 8).due(10 * MS));
    }

    @Test
    void letsNoUrgentImageWaitForAPreferredSize() {
        Lanes lanes = waiting(1, 0, 4, 8);
        lanes.add(image(true, 0));
        assertEquals(2, lanes.due(0));
    }

    @Test
    void beginsNoOtherWorkBeforeTheEarliestIsDone() {
        Lanes lanes = waiting(0, 0);
        long[] began = {2, 1, 2, 1};
        for (int i = 0; i < began.length; i++) {
            lanes.add(new Waiting(InferenceRequest.scores(new byte[1], false).since(began[i]), new CompletableFuture<>(), i));
        }
        assertEquals(List.of(1L, 3L, 0L, 2L), lanes.take(4).stream().map(Waiting::submittedNanos).toList());
    }

    @Test
    void shutsTheDoorOnNoUrgencyWhenTheOtherFloods() {
        for (boolean flood : new boolean[] {true, false}) {
            Lanes lanes = waiting(0, 0);
            int let = 0;
            for (; lanes.hasRoomFor(image(flood, 0)); let++) {
                lanes.add(image(flood, 0));
            }
            assertEquals(28, let, "seven eighths of 32");
            for (int i = 0; i < 4; i++) {
                assertTrue(lanes.hasRoomFor(image(!flood, 0)));
                lanes.add(image(!flood, 0));
            }
            assertFalse(lanes.hasRoomFor(image(!flood, 0)), "the whole is bounded");
        }
    }

    @Test
    void countsNoMemoryThatIsFreeAgain() {
        long each = image(false, 0).bytes();
        Lanes lanes = new Lanes(new BatcherOptions(10, Duration.ofMillis(10), 32, 8 * each, 0.25, 1));
        for (int round = 0; round < 3; round++) {
            Waiting last = image(false, 0);
            for (int i = 0; i < 6; i++) {
                lanes.add(image(false, 0));
            }
            lanes.add(last);
            assertFalse(lanes.hasRoomFor(image(false, 0)), "an eighth of the bytes is kept");
            assertTrue(lanes.remove(last));
            assertFalse(lanes.remove(last));
            assertTrue(lanes.hasRoomFor(image(false, 0)));
            assertEquals(6, round == 1 ? lanes.clear().size() : lanes.take(6).size());
        }
    }

    @Test
    void acceptsNoPreferredSizesThatNoBatchCanHave() {
        BatcherOptions options = BatcherOptions.defaults();
        assertEquals(List.of(1, 4, 8), options.preferring(List.of(1, 4, 8)).preferredSizes());
        for (List<Integer> wrong : List.of(List.of(0), List.of(4, 2), List.of(4, 4), List.of(9))) {
            String message = assertThrows(IllegalArgumentException.class, () -> options.preferring(wrong)).getMessage();
            assertTrue(message.contains("preferredSizes are " + wrong), message);
        }
        assertThrows(IllegalArgumentException.class,
                () -> new BatcherOptions(8, Duration.ofDays(999_999), 32, 1, 0.25, 1), "its nanoseconds would overflow");
    }

    static Waiting image(boolean urgent, long submitted) {
        return new Waiting(InferenceRequest.scores(new byte[1], urgent), new CompletableFuture<>(), submitted);
    }

    /** Lanes with a maximum batch of 10, 10 ms of delay, 32 places, and routine images submitted at the same time. */
    private static Lanes waiting(int routine, long submitted, Integer... preferred) {
        Lanes lanes = new Lanes(new BatcherOptions(10, Duration.ofMillis(10), 32, 1 << 20, 0.25, 1, List.of(preferred)));
        for (int i = 0; i < routine; i++) {
            lanes.add(image(false, submitted));
        }
        return lanes;
    }
}
