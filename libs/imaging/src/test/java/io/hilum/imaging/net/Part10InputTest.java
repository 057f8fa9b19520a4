package io.hilum.imaging.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Part10InputTest {

    private static final FileMeta META = new FileMeta(RawPeer.DX, "1.2.3", Uids.RLE_LOSSLESS);
    private static final byte[] DATA = {8, 0, 0x16, 0, 'U', 'I', 2, 0, '1', '.'};

    private static byte[] file() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(META.header());
        file.writeBytes(DATA);
        return file.toByteArray();
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        Part10Input read = Part10Input.read(new ByteArrayInputStream(file()));
        assertEquals(META, read.meta());
        assertArrayEquals(DATA, read.dataSet().readAllBytes());
    }

    @Test
    void doesNotBelieveAWrongGroupLength() throws IOException {
        byte[] file = file();
        file[140] += 64;
        Part10Input read = Part10Input.read(new ByteArrayInputStream(file));
        assertEquals(META, read.meta());
        assertArrayEquals(DATA, read.dataSet().readAllBytes());
    }

    @Test
    void refusesWithASentenceWhateverTheBytesAre() throws IOException {
        byte[] file = file();
        for (int length = 0; length < META.header().length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            try {
                assertTrue(Part10Input.read(new ByteArrayInputStream(cut)).meta().transferSyntaxUid().length() > 0);
            } catch (NotPart10Exception refused) {
                assertTrue(refused.getMessage().endsWith("."), refused.getMessage());
            }
        }
        Random random = new Random(5);
        for (int round = 0; round < 500; round++) {
            byte[] changed = file.clone();
            changed[132 + random.nextInt(changed.length - 132)] = (byte) random.nextInt();
            try {
                Part10Input.read(new ByteArrayInputStream(changed));
            } catch (NotPart10Exception refused) {
                assertTrue(refused.getMessage().endsWith("."), refused.getMessage());
            }
        }
    }

    @Test
    void toldApartFromAPicture() {
        byte[] png = new byte[4096];
        png[0] = (byte) 0x89;
        assertThrows(NotPart10Exception.class, () -> Part10Input.read(new ByteArrayInputStream(png)));
    }
}
