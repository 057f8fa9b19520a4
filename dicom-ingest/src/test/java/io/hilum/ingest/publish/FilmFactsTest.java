package io.hilum.ingest.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.contracts.event.View;
import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.Tag;
import org.junit.jupiter.api.Test;

class FilmFactsTest {

    private static View view(String position) {
        return FilmFacts.view(new Attributes().putString(Tag.VIEW_POSITION, position));
    }

    private static double age(String age) {
        return FilmFacts.ageYears(new Attributes().putString(Tag.PATIENT_AGE, age)).orElse(-1);
    }

    @Test
    void doesNotTakeALateralFilmForAFrontalOne() {
        assertEquals(View.PA, view("PA"));
        assertEquals(View.AP, view("AP"));
        assertEquals(View.LATERAL, view("LL"));
        assertEquals(View.LATERAL, view("RL"));
        assertEquals(View.LATERAL, view("LATERAL"));
        assertEquals(View.VIEW_UNKNOWN, view("LLO"));
        assertEquals(View.PA, FilmFacts.view(new Attributes().putString(Tag.SERIES_DESCRIPTION, "Chest p.a., PA")));
        assertEquals(View.VIEW_UNKNOWN, FilmFacts.view(new Attributes().putString(Tag.SERIES_DESCRIPTION, "CHEST PA/LAT")));
        assertEquals(View.AP, FilmFacts.view(new Attributes().putItems(Tag.VIEW_CODE_SEQUENCE,
                new Attributes().putString(Tag.CODE_MEANING, "antero-posterior"))));
        assertEquals(View.PA, FilmFacts.view(new Attributes().putItems(Tag.VIEW_CODE_SEQUENCE,
                new Attributes().putString(Tag.CODE_MEANING, "postero-anterior"))));
    }

    @Test
    void doesNotTakeAChildForAnAdult() {
        assertEquals(53, age("053Y"));
        assertEquals(0.5, age("006M"));
        assertTrue(age("010D") < 0.03 && age("010D") > 0);
        assertEquals(-1, age("53"));
        Attributes dates = new Attributes().putString(Tag.PATIENT_BIRTH_DATE, "20200110").putString(Tag.STUDY_DATE, "20240110");
        assertEquals(4, FilmFacts.ageYears(dates).orElse(-1), 0.01);
        assertTrue(FilmFacts.ageYears(new Attributes()).isEmpty());
        assertTrue(FilmFacts.ageYears(new Attributes().putString(Tag.PATIENT_BIRTH_DATE, "20250110")
                .putString(Tag.STUDY_DATE, "20240110")).isEmpty(), "born after the film was taken");
    }

    @Test
    void keepsPatientsApart() {
        PatientKey key = new PatientKey("0123456789abcdef0123456789abcdef", "site");
        assertEquals(key.of("A", "1"), key.of("A", "1"));
        assertNotEquals(key.of("A", "1"), key.of("", "A1"));
        assertNotEquals(key.of("A", "1"), new PatientKey("0123456789abcdef0123456789abcdeX", "site").of("A", "1"));
        assertNotEquals(key.of("A", "1"), new PatientKey("0123456789abcdef0123456789abcdef", "other").of("A", "1"));
        assertEquals("", key.of(new Attributes()), "films without a number are not one patient");
        assertThrows(IllegalArgumentException.class, () -> new PatientKey("short", "site"));
    }
}
