package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Field;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DictionaryTest {

    private static final Set<String> WITHOUT_VR = Set.of("ITEM", "ITEM_DELIMITER", "SEQUENCE_DELIMITER");

    @Test
    void namesNoTagDifferentlyFromPs36() throws IllegalAccessException {
        for (Field field : Tag.class.getFields()) {
            if (!WITHOUT_VR.contains(field.getName())) {
                String keyword = Dictionary.keyword(field.getInt(null)).orElse("not in dictionary.txt");
                assertEquals(field.getName().replace("_", ""), keyword.toUpperCase(java.util.Locale.ROOT));
            }
        }
    }

    @Test
    void knowsTheVrOfWhatItHasNoNameFor() {
        assertEquals(Vr.UL, Dictionary.vr(0x00080000));
        assertEquals(Vr.LO, Dictionary.vr(0x00290010));
        assertEquals(Vr.UN, Dictionary.vr(0x00291008));
        assertEquals("(0010,0020) PatientID", Tag.toString(Tag.PATIENT_ID));
        assertEquals("(FFFE,E000)", Tag.toString(Tag.ITEM));
    }
}
