package io.hilum.imaging.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However values are cut into PDUs, the data set arrives as it was; and what is no DICOM harms nobody. */
class PduBoundariesTest {

    private final Received received = new Received();
    private final byte[] command = RawPeer.storeCommand();
    private final byte[] dataSet = bytes(5000, 1);
    private StorageScp scp;

    @BeforeEach
    void start() throws IOException {
        scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), received, AssociationListener.SILENT);
    }

    @AfterEach
    void stop() {
        scp.close();
    }

    private static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void losesNoByteWhenValuesAreCutAnywhere() throws IOException {
        try (RawPeer peer = RawPeer.associated(scp.port())) {
            Random random = new Random(42);
            for (int round = 0; round < 20; round++) {
                sendCut(peer, true, command, random);
                sendCut(peer, false, dataSet, random);
                assertEquals(0, peer.status());
            }
            peer.release();
        }
        assertEquals(20, received.items.size());
        received.items.forEach(item -> assertArrayEquals(dataSet, item.bytes()));
    }

    /** Values of random length, also empty ones, several a PDU. */
    private static void sendCut(RawPeer peer, boolean isCommand, byte[] bytes, Random random) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            byte[] pdu = new byte[0];
            for (int values = 1 + random.nextInt(4); values > 0 && at < bytes.length; values--) {
                int to = Math.min(bytes.length, at + random.nextInt(900));
                pdu = join(pdu, RawPeer.value(1, isCommand, to == bytes.length, bytes, at, to));
                at = to;
            }
            peer.pdu(4, pdu);
        }
    }

    @Test
    void readsCommandAndDataSetInOnePdu() throws IOException {
        try (RawPeer peer = RawPeer.associated(scp.port())) {
            peer.pdu(4, join(RawPeer.value(1, true, true, command, 0, command.length),
                    RawPeer.value(1, false, true, dataSet, 0, dataSet.length)));
            assertEquals(0, peer.status());
        }
        assertArrayEquals(dataSet, received.items.get(0).bytes());
    }

    @Test
    void readsAnEmptyLastFragment() throws IOException {
        try (RawPeer peer = RawPeer.associated(scp.port())) {
            peer.pdu(4, RawPeer.value(1, true, true, command, 0, command.length));
            peer.pdu(4, RawPeer.value(1, false, false, dataSet, 0, dataSet.length));
            peer.pdu(4, new byte[0]);
            peer.pdu(4, RawPeer.value(1, false, true, dataSet, 0, 0));
            assertEquals(0, peer.status());
        }
        assertArrayEquals(dataSet, received.items.get(0).bytes());
    }

    @Test
    void writesEachResponseInOneCall() throws IOException {
        try (RawPeer peer = RawPeer.associated(scp.port())) {
            peer.store(1, command, dataSet);
            byte[] first = new byte[4096];
            int count = peer.in.read(first);
            assertTrue(count > 6 && count == 6 + first[5] + (first[4] << 8), "the response came in pieces: " + count);
        }
    }

    @Test
    void keepsNothingAfterAnAbortInTheMiddleOfADataSet() throws IOException {
        try (RawPeer peer = RawPeer.associated(scp.port())) {
            peer.pdu(4, RawPeer.value(1, true, true, command, 0, command.length));
            peer.pdu(4, RawPeer.value(1, false, false, dataSet, 0, 100));
            peer.pdu(7, new byte[4]);
            Awaitility.await().until(() -> received.brokenOff.size() == 1);
        }
        assertTrue(received.items.isEmpty());
        AssociationException why = (AssociationException) received.brokenOff.get(0);
        assertEquals(AssociationException.Cause.ABORTED_BY_PEER, why.kind());
        serves();
    }

    @Test
    void takesALostConnectionForNoEndOfDataSet() throws IOException {
        RawPeer peer = RawPeer.associated(scp.port());
        peer.pdu(4, RawPeer.value(1, true, true, command, 0, command.length));
        peer.pdu(4, RawPeer.value(1, false, false, dataSet, 0, 100));
        peer.close();
        Awaitility.await().until(() -> received.brokenOff.size() == 1);
        assertTrue(received.items.isEmpty());
        serves();
    }

    @Test
    void abortsReleaseInTheMiddleOfADataSet() throws IOException {
        try (RawPeer peer = RawPeer.associated(scp.port())) {
            peer.pdu(4, RawPeer.value(1, true, true, command, 0, command.length));
            peer.pdu(5, new byte[4]);
            assertEquals(AbortReason.UNEXPECTED_PDU.reason(), peer.expect(7)[3]);
        }
    }

    @Test
    void abortsAContextThatWasNotAccepted() throws IOException {
        try (RawPeer peer = RawPeer.associated(scp.port())) {
            peer.pdu(4, RawPeer.value(3, true, true, command, 0, command.length));
            assertEquals(AbortReason.INVALID_PDU_PARAMETER.reason(), peer.expect(7)[3]);
        }
    }

    @Test
    void abortsAnUnknownPdu() throws IOException {
        try (RawPeer peer = new RawPeer(scp.port())) {
            peer.out.write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertEquals(AbortReason.UNRECOGNIZED_PDU.reason(), peer.expect(7)[3]);
        }
        serves();
    }

    @Test
    void allocatesNothingForALengthThatIsOnlyClaimed() throws IOException {
        try (RawPeer peer = new RawPeer(scp.port())) {
            peer.out.write(new byte[] {1, 0, 0x7F, -1, -1, -1});
            peer.expect(7);
        }
        try (RawPeer peer = RawPeer.associated(scp.port())) {
            peer.out.write(new byte[] {4, 0, -1, -1, -1, -1});
            peer.expect(7);
        }
        serves();
    }

    @Test
    void abortsAValueThatIsLongerThanItsPdu() throws IOException {
        try (RawPeer peer = RawPeer.associated(scp.port())) {
            byte[] value = RawPeer.value(1, true, true, command, 0, command.length);
            value[2] = 0x7F;
            peer.pdu(4, value);
            assertEquals(AbortReason.INVALID_PDU_PARAMETER.reason(), peer.expect(7)[3]);
        }
    }

    @Test
    void cutsOffASenderThatFallsSilentInsideAMessage() throws IOException {
        AcceptorOptions patient = AcceptorOptions.onPort(0, "HILUM");
        AcceptorOptions options = new AcceptorOptions(null, 0, "HILUM", true, Set.of(), patient.sopClasses(),
                patient.transferSyntaxes(), 0, 4, Duration.ofMillis(300), Duration.ofMillis(400), Duration.ofMillis(200));
        try (StorageScp strict = StorageScp.start(options, received, AssociationListener.SILENT)) {
            try (RawPeer dripping = new RawPeer(strict.port())) {
                dripping.out.write(1);
                dripping.expect(7);
            }
            try (RawPeer idle = RawPeer.associated(strict.port())) {
                idle.expect(7);
            }
            try (RawPeer silent = RawPeer.associated(strict.port())) {
                silent.pdu(4, RawPeer.value(1, true, true, command, 0, command.length));
                silent.expect(7);
                assertThrows(EOFException.class, () -> silent.expect(7));
            }
            Awaitility.await().until(() -> strict.openAssociations() == 0);
        }
    }

    @Test
    void cutsOffASenderThatDripsForEver() throws IOException {
        AcceptorOptions patient = AcceptorOptions.onPort(0, "HILUM");
        AcceptorOptions options = new AcceptorOptions(null, 0, "HILUM", true, Set.of(), patient.sopClasses(),
                patient.transferSyntaxes(), 0, 4, patient.requestTimeout(), patient.idleTimeout(), patient.dataTimeout(),
                Duration.ofMillis(500));
        try (StorageScp strict = StorageScp.start(options, received, AssociationListener.SILENT);
                RawPeer dripping = RawPeer.associated(strict.port())) {
            dripping.pdu(4, RawPeer.value(1, true, true, command, 0, command.length));
            byte[] drop = RawPeer.value(1, false, false, dataSet, 0, 1);
            Awaitility.await().pollInterval(Duration.ofMillis(50)).until(() -> {
                if (strict.openAssociations() > 0 && dripping.in.available() == 0) {
                    dripping.pdu(4, drop);
                    return false;
                }
                return true;
            });
            Awaitility.await().until(() -> strict.openAssociations() == 0);
        }
        assertEquals(0, received.items.size());
    }

    @Test
    void survivesRandomBytes() throws IOException {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            try (RawPeer peer = random.nextBoolean() ? new RawPeer(scp.port()) : RawPeer.associated(scp.port())) {
                byte[] noise = new byte[random.nextInt(400)];
                random.nextBytes(noise);
                if (noise.length > 0 && random.nextBoolean()) {
                    noise[0] = (byte) (1 + random.nextInt(7));
                }
                peer.out.write(noise);
            } catch (IOException closedByServer) {
                // It may hang up in the middle of noise.
            }
        }
        serves();
        Awaitility.await().until(() -> scp.openAssociations() == 0);
    }

    @Test
    void capsAPeerWithoutAPduLimit() throws IOException {
        byte[] large = bytes(3_000_000, 3);
        AcceptorOptions patient = AcceptorOptions.onPort(0, "HILUM");
        AcceptorOptions unlimited = new AcceptorOptions(null, 0, "HILUM", true, Set.of(), patient.sopClasses(),
                patient.transferSyntaxes(), 0, 4, patient.requestTimeout(), patient.idleTimeout(), patient.dataTimeout());
        FileMeta meta = new FileMeta(RawPeer.DX, RawPeer.INSTANCE, Uids.EXPLICIT_VR_LITTLE_ENDIAN);
        try (StorageScp open = StorageScp.start(unlimited, received, AssociationListener.SILENT);
                StorageScu scu = StorageScu.connect(ScuOptions.to("127.0.0.1", open.port(), "HILUM", "T"), List.of(meta))) {
            assertTrue(scu.store(meta, new ByteArrayInputStream(large)).stored());
            assertTrue(scu.store(meta, new ByteArrayInputStream(new byte[0])).stored());
        }
        assertArrayEquals(large, received.items.get(0).bytes());
        assertEquals(0, received.items.get(1).bytes().length);
    }

    private void serves() throws IOException {
        int before = received.items.size();
        try (RawPeer peer = RawPeer.associated(scp.port())) {
            peer.store(1, command, dataSet);
            assertEquals(0, peer.status());
            peer.release();
        }
        assertEquals(before + 1, received.items.size());
    }
}
