package io.hilum.sink.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatientTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Doe^Jane                       | Doe, Jane",
        "Doe^Jane^Maria^Dr^PhD          | Doe, Dr Jane Maria PhD",
        "Yamada^Tarou=山田^太郎=やまだ^たろう | Yamada, Tarou",
        "=山田^太郎                      | 山田, 太郎",
        "^Jane                          | Jane",
        "Doe                            | Doe",
        "Doe^^^^                        | Doe",
        "a^b^c^d^e^f^g                  | a, d b c e",
    })
    void namesOfAllFormsAreShownAsPeopleWriteThem(String sent, String shown) {
        assertEquals(shown, Patient.display(sent));
    }

    @Test
    void emptyNamesAreUnknownAndNotBlank() {
        assertNull(Patient.display(null));
        assertNull(Patient.display("^^=^"));
        assertNull(Patient.display("==="));
    }
}
