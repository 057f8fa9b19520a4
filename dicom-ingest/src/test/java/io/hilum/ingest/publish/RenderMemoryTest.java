package io.hilum.ingest.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RenderMemoryTest {

    @Test
    void holdsNoMoreFilmsAtOnceThanTheHeapBears() throws Exception {
        RenderMemory memory = new RenderMemory(1 << 20);
        AtomicLong inUse = new AtomicLong();
        ExecutorService renderers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Long>> films = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                long bytes = i % 5 == 0 ? 900_000 : 90_000;
                films.add(renderers.submit(() -> {
                    memory.take(bytes);
                    long together = inUse.addAndGet(bytes);
                    Thread.yield();
                    inUse.addAndGet(-bytes);
                    memory.release(bytes);
                    return together;
                }));
            }
            for (Future<Long> film : films) {
                assertTrue(film.get() <= 1 << 20, "more than there is");
            }
        } finally {
            renderers.shutdownNow();
        }
    }

    @Test
    void keepsNobodyWaitingForWhatWillNeverBeThere() {
        DicomException never = assertThrows(DicomException.class, () -> new RenderMemory(1 << 20).take(2 << 20));
        assertEquals(DicomFault.TOO_LARGE, never.fault());
        assertTrue(never.getMessage().contains("-Xmx"), never.getMessage());
    }
}
