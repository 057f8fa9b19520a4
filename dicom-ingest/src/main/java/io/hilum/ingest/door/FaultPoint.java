package io.hilum.ingest.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Places between two writes where a test kills the process. Dead unless the system property
 * {@code hilum.ingest.fault} names one: the thread that reaches it writes the file {@code hilum.ingest.fault.file} and
 * stands still, so that a parent process can end this one with a real SIGKILL exactly there.
 */
public final class FaultPoint {

    private static final String NAME = System.getProperty("hilum.ingest.fault");

    private FaultPoint() {}

    /** Does nothing in production. */
    public static void reach(String name) {
        if (NAME == null || !NAME.equals(name)) {
            return;
        }
        try {
            Files.writeString(Path.of(System.getProperty("hilum.ingest.fault.file")), name);
        } catch (IOException failed) {
            throw new IllegalStateException("the fault point cannot tell that it was reached", failed);
        }
        while (true) {
            LockSupport.park();
        }
    }
}
