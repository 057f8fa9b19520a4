package io.hilum.sink.heat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.sink.query.ImageQuery.HeatCells;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class HeatOverlayTest {

    /** One hot cell in column 1, row 0 of a 2 x 2 grid. */
    private static HeatCells map(int width, int height, double x, double y, double w, double h) {
        return new HeatCells(width, height, 2, new byte[] {0, (byte) 255, 0, 0}, 0.5, x, y, w, h);
    }

    @Test
    void hottestPlaceLiesAtTheCentreOfItsCell() {
        HeatCells map = map(100, 200, 0, 0, 100, 200);
        assertEquals(255, HeatOverlay.value(map, 75, 50));
        assertEquals(0, HeatOverlay.value(map, 25, 50));
        assertEquals(128, HeatOverlay.value(map, 50, 50));
        assertEquals(255, HeatOverlay.value(map, 99.5, 0.5));
        assertEquals(64, HeatOverlay.value(map, 50, 100));
    }

    @Test
    void placeThatTheModelDidNotSeeIsHatchedAndNeverCold() {
        BufferedImage picture = HeatOverlay.of(map(100, 100, 20, 20, 60, 60)).picture();
        int outside = 0;
        for (int x = 0; x < 100; x++) {
            outside += picture.getRGB(x, 5) == 0 ? 0 : 1;
        }
        assertTrue(outside > 10 && outside < 30, outside + " hatched pixels");
        assertEquals(0, picture.getRGB(22, 78) >>> 24, "a cold place that was seen is clear");
    }

    @Test
    void overlayHasTheCanvasSizeAndKeepsColdPlacesClear() throws IOException {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(HeatOverlay.of(map(64, 48, 0, 0, 64, 48)).toPng()));
        assertEquals(64, read.getWidth());
        assertEquals(48, read.getHeight());
        assertEquals(0, read.getRGB(2, 40) >>> 24);
        assertNotEquals(0, read.getRGB(60, 3) >>> 24);
    }

    @Test
    void rampRisesInLightnessSoThatItReadsWithoutColour() {
        double before = -1;
        for (int step = 0; step <= 100; step++) {
            int colour = ColourRamp.at(step / 100.0);
            double light = 0.2126 * (colour >> 16 & 255) + 0.7152 * (colour >> 8 & 255) + 0.0722 * (colour & 255);
            assertTrue(light > before, "step " + step);
            before = light;
        }
    }
}
