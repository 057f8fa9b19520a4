package io.hilum.benchmarks.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchmarks/gpu/pack}, {@code unpack} and {@code check}, on made-up payloads. */
class GpuScriptsTest {
    private static final Path SCRIPTS = Path.of(System.getProperty("hilum.root"), "benchmarks/gpu");
    private static final int LIMIT = 65_536;
    private static final int COMPLETE = 0;
    private static final int DAMAGED = 1;
    private static final int INCOMPLETE = 3;

    @TempDir
    private Path folder;
    private Path pieces;
    private Path out;

    private record Ended(int code, String said) {}

    /** For the environment of a child, not for its command line: ONNX Runtime 1.29 crashes where that is longer than 4 KB. */
    static String classpath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static Ended run(Object... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Arrays.stream(command).map(Object::toString).toList()).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", classpath());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Ended(process.exitValue(), said);
    }

    private Ended unpack(Object... more) throws IOException, InterruptedException {
        List<Object> command = new ArrayList<>(List.of("bash", SCRIPTS.resolve("unpack"), "--pieces", pieces, "--out", out));
        command.addAll(List.of(more));
        return run(command.toArray());
    }

    /** Two groups: one that cannot be compressed, in several pieces, and one that can. */
    @BeforeEach
    void pack() throws IOException, InterruptedException {
        for (String tool : List.of("xz", "tar", "awk")) {
            assumeTrue(run("bash", "-c", "command -v " + tool).code() == 0, "SKIPPED: " + tool + " is not installed");
        }
        pieces = folder.resolve("pieces");
        out = folder.resolve("out");
        byte[] noise = new byte[200_000];
        new Random(3).nextBytes(noise);
        Files.createDirectories(folder.resolve("payload/noise/deep"));
        Files.createDirectories(folder.resolve("payload/text"));
        Files.write(folder.resolve("payload/noise/deep/noise"), noise);
        Files.writeString(folder.resolve("payload/text/text"), "what is said often\n".repeat(100_000));
        Ended packed = cut();
        assertEquals(0, packed.code(), packed.said());
    }

    private Ended cut() throws IOException, InterruptedException {
        return run("bash", SCRIPTS.resolve("pack"), "--payload", folder.resolve("payload"), "--pieces", pieces, "--limit", LIMIT, "--level", 1);
    }

    private List<Path> piecesOf(String group) throws IOException {
        try (var files = Files.list(pieces)) {
            return files.filter(file -> file.getFileName().toString().startsWith(group + ".")).sorted().toList();
        }
    }

    private void assertAllInPlace() throws IOException {
        assertEquals(-1, Files.mismatch(folder.resolve("payload/noise/deep/noise"), out.resolve("deep/noise")));
        assertEquals(-1, Files.mismatch(folder.resolve("payload/text/text"), out.resolve("text")));
    }

    @Test
    void noPieceIsTooLarge() throws Exception {
        assertTrue(piecesOf("noise").size() > 3);
        for (String group : List.of("noise", "text")) {
            for (Path piece : piecesOf(group)) {
                assertTrue(Files.size(piece) <= LIMIT, piece.toString());
            }
        }
        Ended ended = unpack();
        assertEquals(COMPLETE, ended.code(), ended.said());
        assertAllInPlace();
    }

    @Test
    void aDamagedPieceIsNamedAndReplacedByASoundOne() throws Exception {
        Path piece = piecesOf("noise").get(1);
        byte[] sound = Files.readAllBytes(piece);
        byte[] damaged = sound.clone();
        damaged[1000] ^= 1;
        Files.write(piece, damaged);
        Ended ended = unpack();
        assertEquals(DAMAGED, ended.code(), ended.said());
        assertTrue(ended.said().contains("the piece noise.001.xz has the SHA-256"), ended.said());
        assertFalse(Files.exists(out.resolve("deep")), "nothing of a group with a damaged piece may be used");
        Files.write(piece, sound);
        assertEquals(COMPLETE, unpack().code());
        assertAllInPlace();
    }

    @Test
    void aPieceCutShortIsNamed() throws Exception {
        Path piece = piecesOf("noise").get(2);
        Files.write(piece, Arrays.copyOf(Files.readAllBytes(piece), 999));
        Ended ended = unpack();
        assertEquals(DAMAGED, ended.code(), ended.said());
        assertTrue(ended.said().contains("the piece noise.002.xz has 999 bytes and should have"), ended.said());
    }

    @Test
    void aMissingPieceIsNamedAndTheRestIsKept() throws Exception {
        Path piece = piecesOf("noise").get(0);
        Path aside = Files.move(piece, folder.resolve("aside"));
        Ended ended = unpack();
        assertEquals(INCOMPLETE, ended.code(), ended.said());
        assertTrue(ended.said().contains("still to come: noise.000.xz."), ended.said());
        // What was unpacked need not come again.
        for (Path other : piecesOf("noise")) {
            Files.delete(other);
        }
        for (Path other : piecesOf("text")) {
            Files.delete(other);
        }
        Files.move(aside, piece);
        Ended resumed = unpack();
        assertEquals(COMPLETE, resumed.code(), resumed.said());
        assertAllInPlace();
    }

    @Test
    void piecesUnderEachOthersNamesAreRefused() throws Exception {
        List<Path> noise = piecesOf("noise");
        Path aside = folder.resolve("aside");
        Files.move(noise.get(1), aside);
        Files.move(noise.get(2), noise.get(1));
        Files.move(aside, noise.get(2));
        Ended ended = unpack();
        assertEquals(DAMAGED, ended.code(), ended.said());
        assertTrue(ended.said().contains("the piece noise.001.xz has") && ended.said().contains("the piece noise.002.xz has"), ended.said());
    }

    @Test
    void aPieceThatArrivesLateIsWaitedFor() throws Exception {
        Path piece = piecesOf("text").get(0);
        Path aside = Files.move(piece, folder.resolve("aside"));
        Process waiting = new ProcessBuilder("bash", SCRIPTS.resolve("unpack").toString(), "--pieces", pieces.toString(), "--out", out.toString(),
            "--wait", "60").redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile()).start();
        org.awaitility.Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(out.resolve("deep/noise")));
        Files.move(aside, piece, StandardCopyOption.ATOMIC_MOVE);
        assertTrue(waiting.waitFor(30, TimeUnit.SECONDS));
        assertEquals(COMPLETE, waiting.exitValue(), Files.readString(folder.resolve("said")));
        assertAllInPlace();
    }

    @Test
    void whatDidNotChangeIsNotCompressedAgain() throws Exception {
        String before = Files.readString(pieces.resolve("MANIFEST"));
        Files.writeString(folder.resolve("payload/text/text"), "something else");
        Ended again = cut();
        assertEquals(0, again.code(), again.said());
        assertTrue(again.said().contains("noise: unchanged"), again.said());
        assertFalse(again.said().contains("text: unchanged"), again.said());
        assertFalse(before.equals(Files.readString(pieces.resolve("MANIFEST"))));
        Ended ended = unpack();
        assertEquals(COMPLETE, ended.code(), ended.said());
        assertAllInPlace();
    }

    @Test
    void whatTravelsUnpacksItselfWithoutTheRepository() throws Exception {
        Ended ended = run("bash", pieces.resolve("unpack"));
        assertEquals(COMPLETE, ended.code(), ended.said());
        assertEquals(-1, Files.mismatch(folder.resolve("payload/text/text"), folder.resolve("unpacked/text")));
    }

    @Test
    void aManifestCannotWriteElsewhere() throws Exception {
        Files.writeString(pieces.resolve("MANIFEST"), "hilum-gpu-pieces 1\ngroup ../x 1 0\n");
        Ended ended = unpack();
        assertEquals(2, ended.code());
        assertTrue(ended.said().contains("no plain file name"), ended.said());
    }

    /** The list of modules in {@code pack} is what the check really needs: it runs in a runtime of just these. */
    @Test
    void theRuntimeLacksNoModule() throws Exception {
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        assumeTrue(Files.exists(jlink), "SKIPPED: this Java has no jlink");
        String modules = Files.readAllLines(SCRIPTS.resolve("pack")).stream().filter(line -> line.startsWith("modules=")).findFirst()
            .orElseThrow().substring("modules=".length());
        Path runtime = folder.resolve("java");
        Ended linked = run(jlink, "--add-modules", modules, "--strip-java-debug-attributes", "--no-header-files", "--no-man-pages", "--output", runtime);
        assertEquals(0, linked.code(), linked.said());
        Path java = runtime.resolve("bin/java");
        assertEquals(0, run(java, "-version").code());
        String listed = run(java, "--list-modules").said();
        for (String module : modules.split(",")) {
            assertTrue(listed.contains(module + "@"), listed);
        }
        TinyModel.make(folder.resolve("models"), io.hilum.model.Architecture.EVA_X_TI);
        Ended rehearsed = run(java, GpuCheck.class.getName(), "--rehearse", "--models", folder.resolve("models"),
            "--seconds", "0.1", "--python", "/nonexistent/python3");
        assertEquals(0, rehearsed.code(), rehearsed.said());
        assertTrue(rehearsed.said().contains("{\"bench\":\"gpu\""), rehearsed.said());
    }

    @Test
    void aMachineWithNothingIsToldWhatToUnpack() throws Exception {
        Files.createDirectories(out);
        Ended ended = run("env", "PATH=/usr/bin:/bin", "bash", SCRIPTS.resolve("check"), "--dir", out);
        assertEquals(2, ended.code(), ended.said());
        assertTrue(ended.said().contains("unpack the pieces of the group 'tools' first"), ended.said());
    }

    @Test
    void scriptsAreSound() throws Exception {
        List<Path> scripts = List.of(SCRIPTS.resolve("pack"), SCRIPTS.resolve("unpack"), SCRIPTS.resolve("check"),
            SCRIPTS.resolve("lib/common.sh"), SCRIPTS.resolve("lib/pieces.sh"), SCRIPTS.resolve("lib/tensorrt.sh"));
        boolean shellcheck = run("bash", "-c", "command -v shellcheck").code() == 0;
        for (Path script : scripts) {
            assertEquals(0, run("bash", "-n", script).code(), script.toString());
            if (shellcheck) {
                Ended checked = run("shellcheck", "-x", "-P", SCRIPTS, "-S", "warning", script);
                assertEquals(0, checked.code(), checked.said());
            }
        }
    }
}
