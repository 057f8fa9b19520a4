package io.hilum.inference.tensorrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.inference.InferenceException;
import io.hilum.model.bundle.PlanFile;
import io.hilum.model.bundle.Precision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnqueueLoopTest {

    private static final PlanFile PLAN = Cards.plan(Precision.BF16, 2, 8, "10.15.1", "9.0");

    private final FakeDevice device = new FakeDevice(Cards.CARD);

    @Test
    void feedsTheGpuOnceAndThenOnlyRepeats() {
        long started = System.nanoTime();
        double rate = EnqueueLoop.imagesPerSecond(device, Cards.CARD, Path.of("."), PLAN, 4, 0.05);
        double seconds = (System.nanoTime() - started) / 1e9;
        assertEquals(List.of(new FakeDevice.Run(2, 4)), device.runs);
        assertTrue(rate >= 4 * (device.repeated.get() - 20) / seconds, "every repetition but those of the warm-up counts");
        assertEquals(0, device.openLanes.get());
        assertEquals(0, device.openPlans.get());
    }

    @Test
    void keepsNothingOnAGpuThatFails() {
        device.mood = (run, lane) -> {
            throw new InferenceException("The GPU failed.");
        };
        assertThrows(InferenceException.class, () -> EnqueueLoop.imagesPerSecond(device, Cards.CARD, Path.of("."), PLAN, 4, 0.05));
        assertEquals(0, device.openLanes.get());
        assertEquals(0, device.openPlans.get());
    }
}
