package io.hilum.imaging.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ShortOfThreadsTest {

    @Test
    void staysOpenWhenNoThreadCanBeStartedForAMoment() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (StorageScp scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), new Received(), AssociationListener.SILENT,
                work -> {
                    if (asked.incrementAndGet() <= 2) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(work);
                })) {
            assertThrows(IOException.class, () -> RawPeer.associated(scp.port()), "hung up on, not kept waiting");
            assertThrows(IOException.class, () -> RawPeer.associated(scp.port()));
            assertEquals(0, scp.openAssociations(), "no place is lost");
            try (RawPeer peer = RawPeer.associated(scp.port())) {
                peer.release();
            }
            Awaitility.await().until(() -> scp.openAssociations() == 0);
        }
    }
}
