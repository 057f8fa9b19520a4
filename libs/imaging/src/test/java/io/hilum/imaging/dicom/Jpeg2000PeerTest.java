package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JPEG 2000 against OpenJPEG: progressions, tiles, precincts, code-block styles, odd precisions, lossy coding. */
class Jpeg2000PeerTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void openjpeg() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/opj_compress")) && Files.isExecutable(Path.of("/usr/bin/opj_decompress"));
        Assumptions.assumeTrue(there, "SKIPPED: OpenJPEG is not installed (apt-get install libopenjp2-tools)");
    }

    /** Packs values of so many bits. Of what OpenJPEG reads, raw files have only even precisions, PGX files no right sign. */
    private byte[] packed(int[] values, int bits, boolean signed, String options) throws Exception {
        boolean raw = bits % 2 == 0;
        byte[] header = raw ? new byte[0] : ("PG ML +" + bits + " " + TestFilms.COLUMNS + " " + TestFilms.ROWS + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(header.length + values.length * (bits <= 8 ? 1 : 2)).put(header)
                .order(raw ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        for (int value : values) {
            if (bits <= 8) {
                bytes.put((byte) value);
            } else {
                bytes.putShort((short) value);
            }
        }
        Path source = Files.write(folder.resolve(raw ? "source.rawl" : "source.pgx"), bytes.array());
        Path target = folder.resolve("packed.j2k");
        List<String> command = new ArrayList<>(List.of("opj_compress", "-i", source.toString(), "-o", target.toString()));
        if (raw) {
            command.addAll(List.of("-F", TestFilms.COLUMNS + "," + TestFilms.ROWS + ",1," + bits + (signed ? ",s" : ",u") + "@1x1"));
        }
        command.addAll(List.of(options.split(" ")));
        DcmtkPeerTest.run(command.toArray(String[]::new));
        return Files.readAllBytes(target);
    }

    private int[] unpackedByOpenJpeg(byte[] stream, int bits) throws IOException, InterruptedException {
        Path source = Files.write(folder.resolve("again.j2k"), stream);
        Path target = folder.resolve("unpacked.rawl");
        DcmtkPeerTest.run("opj_decompress", "-i", source.toString(), "-o", target.toString());
        ByteBuffer raw = ByteBuffer.wrap(Files.readAllBytes(target)).order(ByteOrder.LITTLE_ENDIAN);
        int[] values = new int[TestFilms.COLUMNS * TestFilms.ROWS];
        Arrays.setAll(values, i -> bits <= 8 ? raw.get() & 0xFF : raw.getShort() & 0xFFFF);
        return values;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "2; -n 3", "4; -n 1", "8; -n 5", "9; -n 3", "10; -n 3 -p RLCP", "11; -n 4 -p RPCL -c [8,8],[4,4]",
        "12; -n 3 -p PCRL -t 11,7", "12; -n 3 -p CPRL -t 16,16 -TP R -TLM -PLT", "12; -n 3 -SOP -EPH -r 8,4,1",
        "13; -n 3 -M 1", "14; -n 3 -M 63 -b 8,8", "15; -n 3 -M 4 -b 16,64", "16; -n 3 -M 32", "16; -n 3 -r 6,3,1 -t 20,20 -TP L",
        "12; -n 3 -ROI c=0,U=5"})
    void changesNoValueOfOpenJpegs(int bits, String options) throws Exception {
        int[] pixels = TestFilms.pixels(bits);
        byte[] stream = packed(pixels, bits, false, options);
        assertArrayEquals(pixels, TestFilms.decoded(bits <= 8 ? 8 : 16, bits, stream, TransferSyntax.JPEG_2000_LOSSLESS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "8; -n 3 -I -r 4", "12; -n 4 -I -r 10,5", "16; -n 3 -I -q 40,60", "12; -n 3 -I -r 3 -t 17,17", "10; -n 3 -I -r 2 -M 1"})
    void decodesLossyFilmsAsOpenJpegDoes(int bits, String options) throws Exception {
        byte[] stream = packed(TestFilms.pixels(bits), bits, false, options);
        int[] theirs = unpackedByOpenJpeg(stream, bits);
        int[] ours = TestFilms.decoded(16, bits, stream, TransferSyntax.JPEG_2000);
        int worst = 0;
        for (int i = 0; i < ours.length; i++) {
            worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
        }
        // Both compute in floating point of 24 bits, in another order.
        assertTrue(worst <= Math.max(1, 1 << bits - 14), "values differ by " + worst);
    }

    @Test
    void keepsTheSignOfSignedCodestreams() throws Exception {
        int[] values = Arrays.stream(TestFilms.pixels(12)).map(value -> value - 2048).toArray();
        byte[] stream = packed(values, 12, true, "-n 3");
        Attributes film = TestFilms.film(16, 12).putFragments(Tag.PIXEL_DATA, List.of(stream));
        for (int representation = 0; representation <= 1; representation++) {
            film.putInt(Tag.PIXEL_REPRESENTATION, representation);
            PixelImage image = PixelDecoder.decode(film, TransferSyntax.JPEG_2000);
            assertArrayEquals(values, TestFilms.values(image));
            assertEquals(12, image.bitsStored());
        }
    }
}
