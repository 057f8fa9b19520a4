package io.hilum.sink.heat;

import io.hilum.sink.query.ImageQuery.HeatCells;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * A heat map as a transparent picture of canvas size: bilinear between cell centres over the region that
 * the model saw, colour and opacity by value. Outside of the region a hatching says "not seen", which is
 * not the same as cold.
 *
 * <p>Threading: immutable after construction.
 */
public final class HeatOverlay {

    /** Opacity of the hottest place; the page's slider scales it further. */
    private static final int MOST_OPAQUE = 235;
    private static final int NOT_SEEN = 0x70_7a_9a_b8;
    private static final int HATCH_PERIOD = 12;
    private static final int HATCH_WIDTH = 2;

    private final BufferedImage picture;

    private HeatOverlay(BufferedImage picture) {
        this.picture = picture;
    }

    /** @param map its canvas must fit into memory (width x height x 4 bytes) */
    public static HeatOverlay of(HeatCells map) {
        int width = map.canvasWidth();
        int height = map.canvasHeight();
        int[] palette = palette();
        int[] row = new int[width];
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[x] = inside(map, x + 0.5, y + 0.5) ? palette[value(map, x + 0.5, y + 0.5)]
                        : Math.floorMod(x + y, HATCH_PERIOD) < HATCH_WIDTH ? NOT_SEEN : 0;
            }
            picture.setRGB(0, y, width, 1, row, 0, width);
        }
        return new HeatOverlay(picture);
    }

    public byte[] toPng() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }

    BufferedImage picture() {
        return picture;
    }

    private static boolean inside(HeatCells map, double x, double y) {
        return x >= map.x() && x < map.x() + map.width() && y >= map.y() && y < map.y() + map.height();
    }

    /** The map at a canvas position (pixel edges), 0..255; beyond the outer cell centres the edge cells go on. */
    static int value(HeatCells map, double x, double y) {
        int last = map.grid() - 1;
        double column = clamp((x - map.x()) / map.width() * map.grid() - 0.5, last);
        double line = clamp((y - map.y()) / map.height() * map.grid() - 0.5, last);
        int left = (int) column;
        int top = (int) line;
        int right = Math.min(left + 1, last);
        int bottom = Math.min(top + 1, last);
        double across = column - left;
        double down = line - top;
        double above = cell(map, left, top) * (1 - across) + cell(map, right, top) * across;
        double below = cell(map, left, bottom) * (1 - across) + cell(map, right, bottom) * across;
        return (int) Math.round(above * (1 - down) + below * down);
    }

    private static double clamp(double place, int last) {
        return Math.min(last, Math.max(0, place));
    }

    private static int cell(HeatCells map, int column, int line) {
        return map.cells()[line * map.grid() + column] & 0xff;
    }

    private static int[] palette() {
        int[] colours = new int[256];
        for (int value = 0; value < 256; value++) {
            colours[value] = MOST_OPAQUE * value / 255 << 24 | ColourRamp.at(value / 255.0);
        }
        return colours;
    }
}
