package io.hilum.imaging.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OverlapTest {

    private static final int ASSOCIATIONS = 64;
    private static final int OBJECTS = 5;

    @Test
    void losesNothingInSixtyFourOverlappingAssociations() throws Exception {
        Received received = new Received();
        ExecutorService clients = Executors.newFixedThreadPool(ASSOCIATIONS);
        CyclicBarrier allOpen = new CyclicBarrier(ASSOCIATIONS);
        try (StorageScp scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), received, AssociationListener.SILENT)) {
            List<Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < ASSOCIATIONS; i++) {
                int association = i;
                sent.add(clients.submit(() -> send(scp.port(), association, allOpen)));
            }
            for (Future<Integer> each : sent) {
                assertEquals(OBJECTS, each.get());
            }
        } finally {
            clients.shutdownNow();
        }
        assertEquals(ASSOCIATIONS * OBJECTS, received.items.size());
        assertEquals(ASSOCIATIONS * OBJECTS, received.items.stream()
                .map(item -> item.request().sopInstanceUid()).collect(Collectors.toSet()).size());
        received.items.forEach(item -> assertEquals(item.request().sopInstanceUid().length() * 10_000, item.bytes().length));
    }

    private static int send(int port, int association, CyclicBarrier allOpen) throws Exception {
        FileMeta kind = new FileMeta(RawPeer.DX, "", Uids.EXPLICIT_VR_LITTLE_ENDIAN);
        try (StorageScu scu = StorageScu.connect(ScuOptions.to("127.0.0.1", port, "HILUM", "SCU" + association), List.of(kind))) {
            allOpen.await();
            int stored = 0;
            for (int i = 0; i < OBJECTS; i++) {
                stored += store(scu, "1.2." + association + "." + i).stored() ? 1 : 0;
            }
            return stored;
        }
    }

    private static StoreOutcome store(StorageScu scu, String uid) throws IOException {
        return scu.store(new FileMeta(RawPeer.DX, uid, Uids.EXPLICIT_VR_LITTLE_ENDIAN),
                new ByteArrayInputStream(new byte[uid.length() * 10_000]));
    }

    @Test
    void opensAllAssociationsThatItPromises() {
        assertTrue(AcceptorOptions.onPort(0, "HILUM").maxAssociations() >= 2 * ASSOCIATIONS);
    }
}
