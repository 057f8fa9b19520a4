package io.hilum.sink;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Canvases for tests: real films where the shared data is there, otherwise a drawing. */
final class Films {

    static final int WIDTH = 512;
    static final int HEIGHT = 584;

    private Films() {}

    /** Puts a grey canvas into the store and returns its URI. */
    static URI store(String key, int seed) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(picture(seed), "png", png);
            return House.store().put("canvas/" + key + ".png", png.toByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static BufferedImage picture(int seed) throws IOException {
        BufferedImage canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D pen = canvas.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        BufferedImage real = real(seed);
        if (real != null) {
            pen.drawImage(real, 0, 0, WIDTH, HEIGHT, null);
        } else {
            draw(pen, new Random(seed));
        }
        pen.dispose();
        return canvas;
    }

    private static BufferedImage real(int seed) throws IOException {
        Path shared = Path.of(System.getProperty("hilum.shared", "/nowhere"), "data", "cxr14-mini");
        if (!Files.isDirectory(shared)) {
            return null;
        }
        try (Stream<Path> all = Files.walk(shared)) {
            List<Path> films = all.filter(path -> path.toString().matches(".*\\.(png|jpg|jpeg)")).sorted().limit(400).toList();
            return films.isEmpty() ? null : ImageIO.read(films.get(Math.floorMod(seed * 31, films.size())).toFile());
        }
    }

    private static void draw(Graphics2D pen, Random random) {
        pen.setPaint(new GradientPaint(0, 0, new Color(90, 90, 90), 0, HEIGHT, new Color(190, 190, 190)));
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        pen.setColor(new Color(35, 35, 35));
        pen.fill(new Ellipse2D.Double(60, 70, 170, 400 + random.nextInt(40)));
        pen.fill(new Ellipse2D.Double(285, 70, 170, 400 + random.nextInt(40)));
        pen.setColor(new Color(215, 215, 215));
        pen.fill(new Ellipse2D.Double(220, 300, 150 + random.nextInt(60), 160));
    }
}
