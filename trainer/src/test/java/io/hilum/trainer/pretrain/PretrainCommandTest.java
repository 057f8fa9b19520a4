package io.hilum.trainer.pretrain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.weights.Safetensors;
import io.hilum.trainer.Main;
import io.hilum.trainer.train.Toys;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainCommandTest {
    @TempDir Path dir;
    private final StringWriter errors = new StringWriter();

    @Test
    void whatWasAskedForIsNotForgotten() throws IOException {
        assertEquals(0, pretrain("--no-flip", "--no-stop-grad-conv1", "--data-fraction", "0.5", "--mask-ratio", "0.6", "--accumulate", "2"), errors.toString());
        var metadata = Safetensors.read(dir.resolve("out").resolve(Pretraining.WEIGHTS)).metadata();
        assertEquals("16", metadata.get("films"));
        assertEquals("0.6", metadata.get("mask ratio"));
        assertEquals("2", metadata.get("passes a step"));
        assertEquals("false", metadata.get("stop_grad_conv1"));
        assertTrue(metadata.get("augmentation").contains("flip=false"), metadata.get("augmentation"));
        assertEquals("pre-trained on 8 passes over 16 films (toys) at 48 pixels; target pixels", metadata.get("history"));
    }

    @Test
    void whatItBeganWithIsSaidAndRecorded() throws IOException {
        assertEquals(0, pretrain("--no-flip"), errors.toString());
        Path first = dir.resolve("first.safetensors");
        Files.move(dir.resolve("out").resolve(Pretraining.WEIGHTS), first);
        var said = new java.io.ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(said, true));
        try {
            assertEquals(0, pretrain("--out", dir.resolve("second").toString(), "--from", first.toString()), errors.toString());
        } finally {
            System.setOut(before);
        }
        assertTrue(said.toString().contains(first + ": safetensors"), said.toString());
        String made = "pre-trained on 8 passes over 32 films (toys) at 48 pixels; target pixels";
        assertEquals(made + "; then " + made, Safetensors.read(dir.resolve("second").resolve(Pretraining.WEIGHTS)).metadata().get("history"));
        assertEquals(1, pretrain("--out", dir.resolve("third").toString(), "--from", first.toString(), "--arch", "eva-x-s"));
        assertTrue(errors.toString().contains(first + ": "), errors.toString());
    }

    @Test
    void aGpuThatIsNotThereIsNotQuietlyReplaced() throws IOException {
        if (!Files.exists(Path.of("/dev/nvidia0"))) {
            assertEquals(1, pretrain("--device", "gpu"));
            assertTrue(errors.toString().startsWith("--device gpu"), errors.toString());
            assertTrue(!Files.exists(dir.resolve("out").resolve(Pretraining.WEIGHTS)));
        }
    }

    @Test
    void nonsenseIsRefusedInOneSentence() throws IOException {
        assertEquals(1, pretrain("--mask-ratio", "1"));
        assertTrue(errors.toString().contains("nothing to see"), errors.toString());
        assertEquals(1, pretrain("--accumulate", "3"));
        assertTrue(errors.toString().contains("--accumulate (3) must divide --batch (4)"), errors.toString());
        assertEquals(1, pretrain("--tokenizer", dir.resolve("none.pt").toString()));
        assertTrue(errors.toString().contains("none.pt"), errors.toString());
        assertEquals(2, pretrain("--tokenizer", "t.pt", "--target", "PIXELS"), "a teacher and no teacher");
        assertEquals(1, pretrain("--lr", "1e-6", "--min-lr", "1e-5"));
        assertTrue(errors.toString().contains("--min-lr must not exceed --lr"), errors.toString());
        assertEquals(2, pretrain("--epochs", "3"), "epochs and passes");
    }

    private int pretrain(String... more) throws IOException {
        Path films = dir.resolve("films");
        if (!Files.exists(films)) {
            Toys.cache(films, 32, 1);
        }
        List<String> all = new ArrayList<>(List.of("pretrain", "--data", films.toString(), "--size", "48", "--batch", "4", "--passes", "8"));
        all.addAll(List.of(more));
        if (!all.contains("--out")) {
            all.addAll(List.of("--out", dir.resolve("out").toString()));
        }
        var line = Main.commandLine();
        line.setErr(new PrintWriter(errors, true));
        return line.execute(all.toArray(String[]::new));
    }
}
