package io.hilum.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AheadTest {
    @Test
    void stepsNeitherSwapNorGetLost() {
        try (var steps = new Ahead<>(step -> step * 10, 3, 40, 4, 6)) {
            for (long step = 3; step < 40; step++) {
                assertEquals(step * 10, steps.next());
            }
            assertThrows(NoSuchElementException.class, steps::next);
        }
    }

    @Test
    void noMoreIsMadeThanMayWait() throws InterruptedException {
        var made = new AtomicInteger();
        try (var steps = new Ahead<>(step -> made.incrementAndGet(), 0, 1000, 2, 3)) {
            steps.next();
            Thread.sleep(50);
            assertTrue(made.get() <= 4, made + " were made");
        }
    }

    @Test
    void aFilmThatCannotBeReadDoesNotHangTheTraining() {
        try (var steps = new Ahead<Long>(step -> {
            throw new IllegalArgumentException("film " + step + " is broken");
        }, 7, 9, 1, 1)) {
            assertEquals("film 7 is broken", assertThrows(IllegalArgumentException.class, steps::next).getMessage());
        }
    }
}
