package io.hilum.imaging.canvas;

import static io.hilum.imaging.canvas.Films.greys;
import static io.hilum.imaging.canvas.Films.row;
import static io.hilum.imaging.canvas.Films.window;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.imaging.dicom.DicomFault;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.dicom.Vr;
import org.junit.jupiter.api.Test;

/** The order of modality, VOI and presentation, and the traps of headers, on films of a few pixels. */
class GreyTableTest {

    private static final int[] STEPS = {0, 64, 128, 192, 256};

    @Test
    void mixesUpNoWindowFunction() throws DicomException {
        Attributes film = window(row(12, 99, 100, 150, 199, 200, 201), 150, 100);
        assertArrayEquals(new int[] {0, 0, 129, 255, 255, 255}, greys(film), "LINEAR: 99.5 to 198.5 around 149.5");
        film.putString(Tag.VOI_LUT_FUNCTION, "LINEAR_EXACT");
        assertArrayEquals(new int[] {0, 0, 128, 252, 255, 255}, greys(film), "LINEAR_EXACT: 100 to 200");
        film.putString(Tag.VOI_LUT_FUNCTION, "SIGMOID");
        assertArrayEquals(new int[] {29, 30, 128, 224, 225, 226}, greys(film), "SIGMOID: 1/(1+exp(-4(x-c)/w))");
    }

    @Test
    void makesWidthOneAThreshold() throws DicomException {
        assertArrayEquals(new int[] {0, 0, 255, 255}, greys(window(row(12, 98, 99, 100, 101), 100, 1)));
    }

    @Test
    void takesTheFirstOfSeveralWindows() throws DicomException {
        Attributes film = row(12, 0, 100, 200)
                .putDouble(Tag.WINDOW_CENTER, 100, 1000)
                .putDouble(Tag.WINDOW_WIDTH, 201, 2000);
        assertArrayEquals(greys(window(row(12, 0, 100, 200), 100, 201)), greys(film));
    }

    @Test
    void appliesTheWindowToNoUnscaledValue() throws DicomException {
        Attributes film = window(row(12, 0, 500, 1000), -500, 1001)
                .putDouble(Tag.RESCALE_SLOPE, 1)
                .putDouble(Tag.RESCALE_INTERCEPT, -1000);
        assertArrayEquals(new int[] {0, 128, 255}, greys(film));
    }

    @Test
    void turnsANegativeSlopeRound() throws DicomException {
        Attributes film = window(row(12, 0, 500, 1000), -499.5, 1001).putDouble(Tag.RESCALE_SLOPE, -1);
        assertArrayEquals(new int[] {255, 128, 0}, greys(film));
    }

    @Test
    void refusesASlopeThatIsNoNumber() {
        Attributes film = window(row(12, 0, 500), 250, 500).putString(Tag.RESCALE_SLOPE, "one");
        assertEquals(DicomFault.BAD_ATTRIBUTE, assertThrows(DicomException.class, () -> greys(film)).fault());
    }

    @Test
    void invertsMonochrome1AfterTheWindowAndOnlyOnce() throws DicomException {
        Attributes film = window(row(12, STEPS), 128.5, 257);
        int[] upright = greys(film);
        film.putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME1");
        int[] inverted = greys(film);
        for (int i = 0; i < upright.length; i++) {
            assertEquals(255, upright[i] + inverted[i], 1);
        }
        film.putString(Tag.PRESENTATION_LUT_SHAPE, "INVERSE");
        assertArrayEquals(inverted, greys(film), "INVERSE says what MONOCHROME1 has said");
    }

    @Test
    void invertsMonochrome2WhenThePresentationSaysSo() throws DicomException {
        Attributes film = window(row(12, 0, 256), 128.5, 257).putString(Tag.PRESENTATION_LUT_SHAPE, "INVERSE");
        assertArrayEquals(new int[] {255, 0}, greys(film));
    }

    @Test
    void letsNoBitAboveHighBitIn() throws DicomException {
        assertArrayEquals(greys(window(row(12, 0, 100, 200), 100, 201)),
                greys(window(row(12, 0xF000, 0xA000 | 100, 0x1000 | 200), 100, 201)), "old overlays lie up there");
        Attributes shifted = window(row(12, 0, 100 << 4, 200 << 4 | 0xF), 100, 201).putInt(Tag.HIGH_BIT, 15);
        assertArrayEquals(greys(window(row(12, 0, 100, 200), 100, 201)), greys(shifted), "values at the top");
    }

    @Test
    void extendsTheSignFromBitsStored() throws DicomException {
        Attributes film = window(row(12, 0xF9C, 0, 100), 0.5, 201).putInt(Tag.PIXEL_REPRESENTATION, 1);
        assertArrayEquals(new int[] {0, 128, 255}, greys(film), "0xF9C is -100 in 12 bits");
    }

    @Test
    void prefersTheDevicesTableToItsWindow() throws DicomException {
        Attributes table = new Attributes().putInt(Tag.LUT_DESCRIPTOR, 3, 10, 8)
                .putInt(Tag.LUT_DATA, Vr.OW, 0, 51, 255);
        Attributes film = window(row(12, 9, 10, 11, 12, 99), 5, 2).putItems(Tag.VOI_LUT_SEQUENCE, table);
        assertArrayEquals(new int[] {0, 0, 51, 255, 255}, greys(film));
    }

    @Test
    void mapsThroughAModalityTableFirst() throws DicomException {
        Attributes table = new Attributes().putInt(Tag.LUT_DESCRIPTOR, 4, 0, 16)
                .putInt(Tag.LUT_DATA, Vr.OW, 300, 200, 100, 0);
        Attributes film = window(row(12, 0, 1, 2, 3), 150.5, 301).putItems(Tag.MODALITY_LUT_SEQUENCE, table);
        assertArrayEquals(new int[] {255, 170, 85, 0}, greys(film));
    }

    @Test
    void paintsPaddingBlackEvenWhenInverted() throws DicomException {
        Attributes film = window(row(12, 0, 100, 200), 100.5, 201)
                .putString(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME1")
                .putInt(Tag.PIXEL_PADDING_VALUE, 0);
        assertArrayEquals(new int[] {0, 128, 0}, greys(film));
        film.putInt(Tag.PIXEL_PADDING_VALUE, 0xFFFF);
        assertArrayEquals(new int[] {255, 128, 0}, greys(film), "a padding value beyond Bits Stored means nothing");
    }

    @Test
    void letsNoMarkerDarkenAFilmWithoutWindow() throws DicomException {
        int[] values = new int[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = 1000 + i % 100;
        }
        values[7] = 4095;
        int[] greys = greys(row(12, values));
        assertEquals(0, greys[0]);
        assertEquals(255, greys[99]);
        assertEquals(255, greys[7]);
        assertArrayEquals(new int[4], greys(row(12, 5, 5, 5, 5)), "a blank film is black");
    }
}
