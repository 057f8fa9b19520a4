package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PersonNameTest {

    @Test
    void mixesUpNoComponent() {
        PersonName name = PersonName.parse("Adams^John Robert Quincy^^Rev.^B.A. M.Div.");
        assertEquals("Adams", name.component(PersonName.Component.FAMILY));
        assertEquals("John Robert Quincy", name.component(PersonName.Component.GIVEN));
        assertEquals("", name.component(PersonName.Component.MIDDLE));
        assertEquals("Rev. John Robert Quincy Adams B.A. M.Div.", name.display());
    }

    @Test
    void fallsBackToTheWritingThatIsThere() {
        PersonName name = PersonName.parse("=山田^太郎=やまだ^たろう^^^");
        assertEquals("山田", name.component(PersonName.Component.FAMILY));
        assertEquals("=山田^太郎=やまだ^たろう", name.toString());
        assertEquals("", PersonName.parse("").display());
    }
}
