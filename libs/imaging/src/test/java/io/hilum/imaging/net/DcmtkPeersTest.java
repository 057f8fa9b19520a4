package io.hilum.imaging.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against dcmtk, the toolkit that most senders are measured by. */
class DcmtkPeersTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void dcmtk() {
        boolean there = Stream.of("/usr/bin/echoscu", "/usr/bin/storescu", "/usr/bin/storescp", "/usr/bin/dcmsend")
                .allMatch(tool -> Files.isExecutable(Path.of(tool)));
        Assumptions.assumeTrue(there, "SKIPPED: dcmtk is not installed (apt-get install dcmtk)");
    }

    private static int run(StringBuilder output, String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return process.exitValue();
    }

    private Path film(String uid, byte[] pixels) throws IOException {
        Path file = folder.resolve(uid + ".dcm");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        element(data, 0x0008, 0x0016, "UI", padded(RawPeer.DX));
        element(data, 0x0008, 0x0018, "UI", padded(uid));
        element(data, 0x7FE0, 0x0010, "OW", pixels);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(new FileMeta(RawPeer.DX, uid, Uids.EXPLICIT_VR_LITTLE_ENDIAN).header());
            out.write(data.toByteArray());
        }
        return file;
    }

    private static byte[] padded(String uid) {
        return (uid.length() % 2 == 0 ? uid : uid + '\0').getBytes(StandardCharsets.US_ASCII);
    }

    private static void element(ByteArrayOutputStream out, int group, int element, String vr, byte[] value) {
        out.write(group);
        out.write(group >> 8);
        out.write(element);
        out.write(element >> 8);
        out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
        boolean wide = vr.equals("OW");
        if (wide) {
            out.write(0);
            out.write(0);
        }
        for (int i = 0; i < (wide ? 4 : 2); i++) {
            out.write(value.length >> 8 * i);
        }
        out.writeBytes(value);
    }

    private List<Path> films(int count) throws IOException {
        List<Path> films = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] pixels = new byte[200_000];
            new Random(i).nextBytes(pixels);
            films.add(film("1.2.3." + i, pixels));
        }
        return films;
    }

    @Test
    void servesEchoAndStoreOfDcmtk() throws Exception {
        Received received = new Received();
        List<Path> films = films(6);
        StringBuilder output = new StringBuilder();
        try (StorageScp scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), received, AssociationListener.SILENT)) {
            String port = Integer.toString(scp.port());
            assertEquals(0, run(output, "echoscu", "-aec", "HILUM", "127.0.0.1", port), output::toString);
            List<String> send = new ArrayList<>(List.of("dcmsend", "-aec", "HILUM", "127.0.0.1", port));
            films.forEach(film -> send.add(film.toString()));
            assertEquals(0, run(output, send.toArray(String[]::new)), output::toString);
            // The smallest PDU that dcmtk can be told to use.
            assertEquals(0, run(output, "storescu", "-xe", "--max-send-pdu", "4096", "-aec", "HILUM", "127.0.0.1", port,
                    films.get(0).toString()), output::toString);
        }
        assertEquals(7, received.items.size());
        byte[] sent = Files.readAllBytes(films.get(0));
        byte[] pixels = java.util.Arrays.copyOfRange(sent, sent.length - 200_000, sent.length);
        byte[] got = received.items.get(0).bytes();
        assertArrayEquals(pixels, java.util.Arrays.copyOfRange(got, got.length - 200_000, got.length));
    }

    @Test
    void tellsDcmtkWhyAnObjectIsRefused() throws Exception {
        Received received = new Received();
        received.answer = new StoreResponse(0xC011, "Body part is not chest");
        StringBuilder output = new StringBuilder();
        try (StorageScp scp = StorageScp.start(AcceptorOptions.onPort(0, "HILUM"), received, AssociationListener.SILENT)) {
            run(output, "storescu", "-d", "-xe", "127.0.0.1", Integer.toString(scp.port()), films(1).get(0).toString());
        }
        assertTrue(output.toString().contains("Body part is not chest"), output::toString);
    }

    @Test
    void sendsToDcmtkAndReportsProgress() throws Exception {
        Path store = Files.createDirectory(folder.resolve("scp"));
        int port = freePort();
        Process scp = new ProcessBuilder("storescp", "-od", store.toString(), Integer.toString(port))
                .redirectErrorStream(true).redirectOutput(folder.resolve("scp.log").toFile()).start();
        try {
            ScuOptions options = ScuOptions.to("127.0.0.1", port, "ANY", "HILUM");
            Awaitility.await().ignoreExceptions().until(() -> {
                StorageScu.echo(options);
                return true;
            });
            List<Path> films = new ArrayList<>(films(4));
            films.add(2, Files.writeString(folder.resolve("notes.txt"), "not a film"));
            List<SendProgress> progress = new ArrayList<>();
            List<StoreOutcome> outcomes = new FileSender(options).send(films, progress::add);
            assertEquals(List.of(true, true, false, true, true), outcomes.stream().map(StoreOutcome::stored).toList());
            assertTrue(outcomes.get(2).sentence().startsWith("not sent: This is not a DICOM file"), outcomes.get(2)::sentence);
            SendProgress last = progress.get(4);
            assertEquals(5, last.files());
            assertEquals(4, last.stored());
            assertEquals(last.ofBytes(), last.bytes());
            assertTrue(last.remaining().isZero() && last.megabytesPerSecond() > 0);
            assertEquals(4, Files.list(store).count());
        } finally {
            scp.destroy();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
