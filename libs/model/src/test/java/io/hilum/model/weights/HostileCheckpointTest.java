package io.hilum.model.weights;

import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights come from strangers: whatever a file claims, it is refused with one sentence that names it, and runs nothing. */
class HostileCheckpointTest {
    @TempDir Path dir;
    private Path file;

    @BeforeEach
    void name() {
        file = dir.resolve("given.pt");
    }

    /** A pickle that would run a command when unpickled by torch; here it is only a name. */
    @Test
    void runsNothingThatACheckpointNames() throws IOException {
        Path touched = dir.resolve("touched");
        new TorchFile().raw("}(").text("model").tensors(Map.of("a", Tensor.of(new float[2], 2)))
            .text("args").raw("cposix\nsystem\n(").text("touch " + touched).raw("tRu").write(file);
        assertEquals(1, PtCheckpoint.read(file).size());
        new TorchFile().raw("cposix\nsystem\n(").text("touch " + touched).raw("tR").write(file);
        refused("holds no weights");
        assertFalse(Files.exists(touched));
    }

    @Test
    void aCheckpointCutOffAnywhereIsRefused() throws IOException {
        new TorchFile().raw("}(").text("model").tensors(Map.of("a", Tensor.of(new float[64], 8, 8))).raw("u").write(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 4; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused("fetch it again");
        }
    }

    @Test
    void bytesThatAreMissingAreRefused() throws IOException {
        new TorchFile().raw("}(").text("a").tensor(DType.F32, "0", 4, 0, new long[] {4}, new long[] {1}).raw("u").write(file);
        refused("'a' (data/0) are missing");
    }

    /** {shape, stride, offset} of a tensor on 16 stored bytes. */
    @ParameterizedTest
    @CsvSource({"1099511627776,1,0", "1000000000,0,0", "4,1,4611686018427387904", "4,9223372036854775807,0", "4,1,-4", "-4,1,0", "4,-1,0"})
    void noTensorReachesBeyondItsBytes(long side, long stride, long offset) throws IOException {
        new TorchFile().raw("}(").text("a").tensor(DType.F32, "0", Long.MAX_VALUE, offset, new long[] {side}, new long[] {stride})
            .raw("u").storage("0", new byte[16]).write(file);
        refused("'a'");
    }

    /** A few kilobytes that unpack to a gigabyte. */
    @Test
    void aZipBombDoesNotUnpack() throws IOException {
        bomb("archive/data.pkl", 64 << 20);
        refused("no more than 8388608 are read");
        new TorchFile().raw("}(").text("a").tensor(DType.F32, "0", 1 << 24, 0, new long[] {1 << 24}, new long[] {1}).raw("u").write(file);
        byte[] pickle;
        try (var zip = new java.util.zip.ZipFile(file.toFile()); var in = zip.getInputStream(zip.getEntry("archive/data.pkl"))) {
            pickle = in.readAllBytes();
        }
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            TorchFile.stored(zip, "archive/data.pkl", pickle);
            zip.putNextEntry(new ZipEntry("archive/data/0"));
            zip.write(new byte[64 << 20]);
        }
        assertTrue(Files.size(file) < 1 << 20);
        refused("compressed");
    }

    private void bomb(String name, int size) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(new byte[size]);
        }
    }

    /** Lists within lists as keys: their text and hash would take for ever, and of a list within itself never end. */
    @Test
    void nestedAndCircularKeysTakeNoTime() throws IOException {
        var torch = new TorchFile().raw("}(").text("model").tensors(Map.of("a", Tensor.of(new float[2], 2))).raw("](K\u0000e");
        for (int i = 0; i < 60; i++) {
            torch.raw("2\u0086");
        }
        torch.raw("N");
        // A list that holds itself, within a call, as a key.
        torch.raw("cx\ny\n]q\u0005h\u0005aRNu");
        torch.write(file);
        assertTimeoutPreemptively(ofSeconds(60), () -> assertEquals(1, PtCheckpoint.read(file).size()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"}X\u0050\u0000\u0000\u0000abc|longer than the pickle", "N\u0007.|unknown instruction 0x07", "(((|ends too early",
        "h\u0007.|never stored", "]]Q\u0093|not of the kind", "u|mark is missing"})
    void aDamagedPickleIsRefused(String instructions, String why) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            TorchFile.stored(zip, "archive/data.pkl", instructions.getBytes(StandardCharsets.ISO_8859_1));
        }
        refused(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"<!DOCTYPE html><html>Not found</html>|web page", "version https://git-lfs.github.com/spec/v1|Git LFS",
        "\u0080\u0002\u008a and so on|torch before 1.6", "nothing of the kind|neither a torch checkpoint", "x|not a sound"})
    void whatIsNoWeightFileIsCalledByItsName(String content, String why) throws IOException {
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        refused(why);
    }

    @Test
    void aMissingFileIsNamed() {
        refused("There is no file");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,1600]}}|outside",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1099511627776,1099511627776],\"data_offsets\":[0,16]}}|'a'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-4],\"data_offsets\":[0,16]}}|'a'",
        "{\"a\":{\"dtype\":\"F4\",\"shape\":[4],\"data_offsets\":[0,16]}}|unknown type",
        "{\"a\":|no JSON"})
    void aSafetensorsFileThatClaimsTooMuchIsRefused(String header, String why) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        var out = java.nio.ByteBuffer.allocate(8 + text.length + 16).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        Files.write(file, out.putLong(text.length).put(text).array());
        refused(why);
    }

    private void refused(String why) {
        var e = assertThrows(IOException.class, () -> WeightFile.read(file));
        assertTrue(e.getMessage().contains(why), e.getMessage());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    }
}
