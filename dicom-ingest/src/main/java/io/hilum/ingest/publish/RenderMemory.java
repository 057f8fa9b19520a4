package io.hilum.ingest.publish;

import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import java.util.concurrent.Semaphore;

/**
 * The memory that films may take while they are rendered, all together: many small ones at a time, or few large ones.
 *
 * <p>Threading: free to share. Whoever holds memory must not ask for more.
 */
final class RenderMemory {

    private static final int UNIT_BITS = 10;

    private final int units;
    /** Fair, so that small films do not keep a large one waiting for ever. */
    private final Semaphore free;

    /** @param bytes in all */
    RenderMemory(long bytes) {
        this.units = (int) Math.max(1, Math.min(bytes >> UNIT_BITS, Integer.MAX_VALUE));
        this.free = new Semaphore(units, true);
    }

    /** A third of the heap: what decoding and shrinking copy on their way, and all the rest, has the other two. */
    static RenderMemory ofHeap() {
        return new RenderMemory(Runtime.getRuntime().maxMemory() / 3);
    }

    /**
     * Waits for so many bytes.
     *
     * @throws DicomException when there will never be so many
     */
    void take(long bytes) throws DicomException {
        if (unitsOf(bytes) > units) {
            throw new DicomException(DicomFault.TOO_LARGE, "The film needs " + (bytes >> 20) + " MB as a file and decoded, "
                    + "more than the " + (units >> 20 - UNIT_BITS) + " MB that are there for rendering (a third of the heap). "
                    + "Start dicom-ingest with a larger heap (-Xmx) and POST /api/reconcile?quarantined=true");
        }
        free.acquireUninterruptibly((int) unitsOf(bytes));
    }

    /** Gives back what was taken. */
    void release(long bytes) {
        free.release((int) unitsOf(bytes));
    }

    private static long unitsOf(long bytes) {
        return (bytes >> UNIT_BITS) + 1;
    }
}
