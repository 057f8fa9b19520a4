package io.hilum.imaging.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who may come in, with what; and that each refusal has its own reason. */
class NegotiationTest {

    private static final ProposedContext DX = new ProposedContext(1, RawPeer.DX, List.of(Uids.EXPLICIT_VR_LITTLE_ENDIAN));
    private final Received received = new Received();

    private static AcceptorOptions strict(int associations) {
        return new AcceptorOptions(null, 0, "HILUM", false, Set.of("MODALITY1"), Uids::isStorage,
                Uids.READABLE_TRANSFER_SYNTAXES, 16384, associations, Duration.ofSeconds(5), Duration.ofSeconds(20),
                Duration.ofSeconds(5));
    }

    private static RejectReason rejection(int port, Pdu.AssociateRq request) throws IOException {
        try (RawPeer peer = new RawPeer(port)) {
            peer.pdu(1, AssociateCodec.encode(request));
            byte[] body = peer.expect(3);
            return RejectReason.of(body[2], body[3]);
        }
    }

    @Test
    void givesEachRejectionItsOwnReason() throws IOException {
        try (StorageScp scp = StorageScp.start(strict(4), received, AssociationListener.SILENT)) {
            int port = scp.port();
            assertEquals(RejectReason.CALLED_AE_NOT_RECOGNIZED, rejection(port, RawPeer.request("OTHER", "MODALITY1", List.of(DX))));
            assertEquals(RejectReason.CALLING_AE_NOT_RECOGNIZED, rejection(port, RawPeer.request("HILUM", "OTHER", List.of(DX))));
            assertEquals(RejectReason.APPLICATION_CONTEXT_NOT_SUPPORTED, rejection(port, new Pdu.AssociateRq(1, "HILUM",
                    "MODALITY1", "1.2.3", List.of(DX), UserInformation.ours(0))));
            assertEquals(RejectReason.PROTOCOL_VERSION_NOT_SUPPORTED, rejection(port, new Pdu.AssociateRq(2, "HILUM",
                    "MODALITY1", Uids.DICOM_APPLICATION_CONTEXT, List.of(DX), UserInformation.ours(0))));
        }
    }

    @Test
    void doesNotMindPaddingAndCaseOfTitles() throws IOException {
        try (StorageScp scp = StorageScp.start(strict(4), received, AssociationListener.SILENT);
                RawPeer peer = new RawPeer(scp.port())) {
            Pdu.AssociateAc answer = peer.associate(RawPeer.request("  hilum", " Modality1 ", List.of(DX)));
            assertEquals(ContextResult.ACCEPTANCE, answer.contexts().get(0).result());
        }
    }

    @Test
    void tellsTheSenderWhenAllAssociationsAreInUse() throws IOException {
        try (StorageScp scp = StorageScp.start(strict(1), received, AssociationListener.SILENT);
                RawPeer first = new RawPeer(scp.port())) {
            first.associate(RawPeer.request("HILUM", "MODALITY1", List.of(DX)));
            assertEquals(RejectReason.LOCAL_LIMIT_EXCEEDED,
                    rejection(scp.port(), RawPeer.request("HILUM", "MODALITY1", List.of(DX))));
            AssociationException refused = assertThrows(AssociationException.class,
                    () -> StorageScu.echo(ScuOptions.to("127.0.0.1", scp.port(), "HILUM", "MODALITY1")));
            assertEquals(AssociationException.Cause.REJECTED, refused.kind());
            assertTrue(refused.getMessage().contains("try again later"), refused.getMessage());
        }
    }

    @Test
    void answersEachContextForItself() throws IOException {
        List<ProposedContext> refused = new CopyOnWriteArrayList<>();
        AssociationListener listener = new AssociationListener() {
            @Override
            public void contextRefused(String callingAe, String remote, ProposedContext proposed, ContextResult why) {
                refused.add(proposed);
            }
        };
        try (StorageScp scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), received, listener);
                RawPeer peer = new RawPeer(scp.port())) {
            Pdu.AssociateAc answer = peer.associate(RawPeer.request("ANY", "RAW", List.of(
                    new ProposedContext(1, "1.2.840.10008.5.1.4.1.2.2.1", List.of(Uids.IMPLICIT_VR_LITTLE_ENDIAN)),
                    new ProposedContext(3, RawPeer.DX, List.of("1.2.840.10008.1.2.4.201")),
                    new ProposedContext(5, RawPeer.DX, List.of("1.2.840.10008.1.2.4.201", Uids.JPEG_LOSSLESS_SV1,
                            Uids.EXPLICIT_VR_LITTLE_ENDIAN)),
                    new ProposedContext(7, Uids.VERIFICATION, List.of(Uids.IMPLICIT_VR_LITTLE_ENDIAN)),
                    new ProposedContext(9, RawPeer.DX, List.of()))));
            assertEquals(List.of(ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED,
                    ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED, ContextResult.ACCEPTANCE, ContextResult.ACCEPTANCE,
                    ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED),
                    answer.contexts().stream().map(AnsweredContext::result).toList());
            assertEquals(Uids.JPEG_LOSSLESS_SV1, answer.contexts().get(2).transferSyntax());
            assertEquals(3, refused.size());
        }
    }

    @Test
    void readsEachObjectInTheSyntaxOfItsOwnContext() throws IOException {
        try (StorageScp scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), received, AssociationListener.SILENT);
                RawPeer peer = new RawPeer(scp.port())) {
            peer.associate(RawPeer.request("HILUM", "RAW", List.of(
                    new ProposedContext(1, RawPeer.DX, List.of(Uids.EXPLICIT_VR_LITTLE_ENDIAN)),
                    new ProposedContext(3, RawPeer.DX, List.of(Uids.RLE_LOSSLESS)))));
            peer.store(3, RawPeer.storeCommand(), new byte[] {1});
            assertEquals(0, peer.status());
            peer.store(1, RawPeer.storeCommand(), new byte[] {2});
            assertEquals(0, peer.status());
            peer.release();
        }
        assertEquals(List.of(Uids.RLE_LOSSLESS, Uids.EXPLICIT_VR_LITTLE_ENDIAN),
                received.items.stream().map(item -> item.request().transferSyntaxUid()).toList());
    }

    @Test
    void answersAsynchronousOperationsWithOneAtATime() throws IOException {
        try (StorageScp scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), received, AssociationListener.SILENT);
                RawPeer peer = new RawPeer(scp.port())) {
            Pdu.AssociateAc answer = peer.associate(new Pdu.AssociateRq(1, "HILUM", "RAW",
                    Uids.DICOM_APPLICATION_CONTEXT, List.of(DX), new UserInformation(0, "1.2.3", "", 0, 32)));
            assertEquals(1, answer.user().operationsInvoked());
            assertEquals(1, answer.user().operationsPerformed());
        }
        assertEquals(-1, AssociateCodec.decodeAnswer(AssociateCodec.encode(
                new Negotiator(AcceptorOptions.onPort(0, "HILUM")).answer(RawPeer.request("A", "B", List.of(DX)))))
                .user().operationsInvoked());
    }

    @Test
    void refusesOtherServicesAndLivesOn() throws IOException {
        try (StorageScp scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), received, AssociationListener.SILENT);
                RawPeer peer = RawPeer.associated(scp.port())) {
            peer.store(1, RawPeer.storeCommand(RawPeer.DX, 0x0020), new byte[] {1});
            assertEquals(DimseStatus.UNRECOGNIZED_OPERATION, peer.status());
            peer.store(1, RawPeer.storeCommand(Uids.COMPUTED_RADIOGRAPHY, 1), new byte[] {1});
            assertEquals(DimseStatus.SOP_CLASS_NOT_SUPPORTED, peer.status());
            peer.store(1, RawPeer.storeCommand(), new byte[] {1});
            assertEquals(0, peer.status());
        }
    }

    @Test
    void sendsTheErrorCommentWithinItsLimits() throws IOException {
        try (StorageScp scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), received, AssociationListener.SILENT);
                RawPeer peer = RawPeer.associated(scp.port())) {
            received.answer = new StoreResponse(0xC011, "ü \\ " + "x".repeat(100));
            peer.store(1, RawPeer.storeCommand(), new byte[10]);
            Command response = peer.response();
            assertEquals(0xC011, response.number(Command.STATUS, -1));
            assertEquals("? ? " + "x".repeat(60), response.text(Command.ERROR_COMMENT));
            assertEquals(RawPeer.INSTANCE, response.text(Command.AFFECTED_SOP_INSTANCE));
            assertEquals(7, response.number(Command.MESSAGE_ID_RESPONDED_TO, -1));
        }
    }

    @Test
    void answersTheObjectInWorkBeforeItStops() throws Exception {
        java.util.concurrent.CountDownLatch inWork = new java.util.concurrent.CountDownLatch(1);
        java.util.concurrent.CountDownLatch goOn = new java.util.concurrent.CountDownLatch(1);
        StorageScp scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), (request, data) -> {
            data.readAllBytes();
            inWork.countDown();
            await(goOn);
            return StoreResponse.SUCCESS;
        }, AssociationListener.SILENT);
        try (RawPeer peer = RawPeer.associated(scp.port()); RawPeer idle = RawPeer.associated(scp.port())) {
            peer.store(1, RawPeer.storeCommand(), new byte[10]);
            inWork.await();
            Thread stopping = new Thread(scp::close);
            stopping.start();
            assertEquals(-1, idle.in.read(), "an idle association is cut at once");
            goOn.countDown();
            assertEquals(0, peer.status());
            stopping.join();
        }
    }

    private static void await(java.util.concurrent.CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
