package io.hilum.imaging.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of PS3.5 annexes H, I and K and PS3.3 section C.12.1.1.2 as bytes, and the delimiters between them. */
class CharacterSetTest {

    @ParameterizedTest
    @CsvSource({
        "'\\ISO 2022 IR 87', 'Yamada^Tarou=山田^太郎=やまだ^たろう',"
            + " 59616d6164615e5461726f753d1b2442 3b33 4544 1b28425e1b2442 4240 4f3a 1b28423d1b2442 2464 245e 2440 1b28425e1b2442 243f 246d 2426 1b2842",
        "'ISO 2022 IR 13\\ISO 2022 IR 87', 'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎',"
            + " d4cfc0de5e c0dbb3 3d 1b2442 3b33 4544 1b2842 5e 1b2442 4240 4f3a 1b2842",
        "'\\ISO 2022 IR 149', 'Hong^Gildong=洪^吉洞=홍^길동',"
            + " 486f6e675e47696c646f6e673d1b242943 fbf3 5e1b242943 d1ce d4d7 3d1b242943 c8ab 5e1b242943 b1e6 b5bf",
        "'\\ISO 2022 IR 58', 'Zhang^XiaoDong=张^小东', 5a68616e675e5869616f446f6e673d1b242941 d5c5 5e1b242941 d0a1 b6ab",
        "'ISO_IR 100', 'Buc^Jérôme', 4275635e4ae972f46d65",
        "'ISO_IR 144', 'Люкceмбypг', bbeeda6365dcd17970d3",
        "'ISO_IR 126', 'Διονυσιος', c4e9efedf5f3e9eff2",
        "'ISO_IR 192', 'Wang^XiaoDong=王^小東', 57616e675e5869616f446f6e673de78e8b5ee5b08fe69db1",
        "'GB18030', 'Wang^XiaoDong=王^小东', 57616e675e5869616f446f6e673dcdf55ed0a1b6ab"
    })
    void misreadsNoName(String terms, String name, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        CharacterSet set = CharacterSet.of(List.of(terms.split("\\\\", -1)));
        assertEquals(name, set.decode(bytes, Vr.PN));
        assertEquals(name, set.decode(set.encode(name, Vr.PN), Vr.PN), "and back");
    }

    @Test
    void writesTheBytesOfTheStandardsExample() {
        CharacterSet set = CharacterSet.of(List.of("", "ISO 2022 IR 87"));
        byte[] expected = HexFormat.of().parseHex("59616d6164613d1b24423b3345441b28425e1b244242404f3a1b2842");
        assertArrayEquals(expected, set.encode("Yamada=山田^太郎", Vr.PN));
    }

    @Test
    void takesNoByteOfAKanjiForADelimiter() {
        // 本 is 4B5C in JIS X 0208: its second byte is a backslash in ASCII.
        Attributes dataset = new Attributes()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "", "ISO 2022 IR 87")
                .putString(Tag.OTHER_PATIENT_IDS, "山本", "second");
        assertEquals(List.of("山本", "second"), dataset.strings(Tag.OTHER_PATIENT_IDS));
    }

    @Test
    void letsItemsHaveTheirOwnCharacterSet() {
        Attributes own = new Attributes().putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 100").putString(Tag.CODE_MEANING, "é");
        Attributes heir = new Attributes();
        Attributes dataset = new Attributes()
                .putString(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
                .putItems(Tag.VIEW_CODE_SEQUENCE, own, heir);
        heir.putString(Tag.CODE_MEANING, "山");
        assertEquals("é", dataset.items(Tag.VIEW_CODE_SEQUENCE).get(0).string(Tag.CODE_MEANING, ""));
        assertEquals("山", dataset.items(Tag.VIEW_CODE_SEQUENCE).get(1).string(Tag.CODE_MEANING, ""));
    }

    @Test
    void neverFailsToDecode() {
        CharacterSet set = CharacterSet.of(List.of("ISO 2022 IR 6", "ISO 2022 IR 87", "ISO 2022 IR 149"));
        byte[] bytes = new byte[3];
        for (int i = 0; i < 1 << 18; i++) {
            bytes[0] = (byte) (i % 7 == 0 ? 0x1B : i);
            bytes[1] = (byte) (i >> 8);
            bytes[2] = (byte) (i >> 10);
            set.decode(bytes, Vr.PN);
        }
        assertEquals("abc", CharacterSet.of(List.of("NO SUCH SET")).decode("abc".getBytes(), Vr.LO));
    }

    @Test
    void namesTheCharacterItCannotWrite() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> CharacterSet.DEFAULT.encode("é", Vr.LO));
        assertEquals(true, refusal.getMessage().contains("'é'"));
    }
}
