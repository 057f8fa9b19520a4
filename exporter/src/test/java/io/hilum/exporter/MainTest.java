package io.hilum.exporter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.Architecture;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads who asks for what cannot be. */
class MainTest {

    @TempDir
    private Path temp;

    @Test
    void answersWrongOptionsWithNoTrace() {
        assertAnswer(2, "There is no precision 'xyz'", "export", "model", "--out", "bundle", "--plans", "xyz");
        assertAnswer(2, "no TensorRT plans in int8", "export", "model", "--out", "bundle", "--plans", "int8");
        assertAnswer(2, "which are not wanted", "export", "model", "--out", "bundle", "--no-gpu", "--plans", "fp16");
    }

    @Test
    void movesNoSlotOnAHalfSaidCommand() {
        assertAnswer(2, "Name the bundle to release", "release");
        assertAnswer(2, "are about a line and take no bundle", "release", "bundle", "--promote");
        assertAnswer(2, "mutually exclusive", "release", "--promote", "--rollback");
        assertAnswer(2, "The quorum is 1.5", "release", "bundle", "--quorum", "1.5");
    }

    @Test
    void namesNoPathWithoutSayingWhatIsWrongWithIt() throws Exception {
        String model = ModelFolder.write(temp.resolve("model"), ModelFolder.card(Architecture.EVA_X_TI, 2)).toString();
        String nothing = temp.resolve("nothing").toString();
        assertAnswer(1, nothing + " does not exist", "export", model, "--out", temp.resolve("out").toString(), "--no-gpu",
                "--int8-training", nothing, "--int8-held-out", nothing);
    }

    private static void assertAnswer(int status, String sentence, String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(status, Main.run(arguments));
        } finally {
            System.setErr(before);
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains(sentence), text);
        assertFalse(text.contains("\tat "), text);
    }
}
