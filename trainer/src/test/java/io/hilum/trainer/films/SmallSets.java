package io.hilum.trainer.films;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.imaging.canvas.Canvas;
import io.hilum.phantoms.PhantomCohort;
import io.hilum.phantoms.PhantomDicom;
import io.hilum.phantoms.PhantomRenderer;
import io.hilum.phantoms.PhantomSpec;
import io.hilum.phantoms.Preset;
import io.hilum.phantoms.Split;
import io.hilum.trainer.Main;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import picocli.CommandLine;

/** Data sets of a few small drawn films, in whatever form a test wants, and calls of {@code films} on them. */
record SmallSets(Path folder) {
    private static final int SIDE = 48;
    private static final Map<Integer, byte[]> DRAWN = new ConcurrentHashMap<>();

    /** A film drawn from its number; equal numbers give equal pixels. */
    private static PhantomSpec film(int number) {
        return new PhantomCohort(Preset.STANDARD, number).films(Split.TEST).iterator().next();
    }

    /** Writes PNG, JPEG or DICOM by the ending of the name. */
    Path image(String name, int number) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        byte[] grey = DRAWN.computeIfAbsent(number, n -> PhantomRenderer.grey8(film(n), SIDE, SIDE));
        if (name.endsWith(".png")) {
            Files.write(path, new Canvas(SIDE, SIDE, grey).toPng());
        } else if (name.endsWith(".jpg")) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setDataElements(0, 0, SIDE, SIDE, grey);
            ImageIO.write(image, "jpg", path.toFile());
        } else {
            Files.write(path, PhantomDicom.file(film(number), SIDE));
        }
        return path;
    }

    Path text(String name, String... lines) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, String.join("\n", lines) + "\n");
    }

    /** What a call that must fail said; it must be one sentence on one line. */
    static String refusal(String... args) {
        StringWriter said = new StringWriter();
        int status = command(said).execute(args(args));
        assertEquals(1, status, said.toString());
        assertEquals(1, said.toString().strip().lines().count(), said.toString());
        return said.toString().strip();
    }

    static void succeeds(String... args) {
        StringWriter said = new StringWriter();
        assertEquals(0, command(said).execute(args(args)), said.toString());
    }

    private static CommandLine command(StringWriter errors) {
        return Main.commandLine().setErr(new PrintWriter(errors, true));
    }

    private static String[] args(String... args) {
        String[] out = new String[args.length + 3];
        out[0] = "films";
        out[1] = "--size";
        out[2] = "32";
        System.arraycopy(args, 0, out, 3, args.length);
        return out;
    }
}
