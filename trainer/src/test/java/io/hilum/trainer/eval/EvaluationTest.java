package io.hilum.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.bundle.SelfTest;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.Safetensors;
import io.hilum.trainer.Main;
import io.hilum.trainer.train.Toys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From films to a card by the two commands that a person types. */
class EvaluationTest {
    @TempDir Path dir;

    @Test
    void noPartOfAModelFolderIsMissingOrWrong() throws IOException {
        Path train = Toys.cache(dir.resolve("train"), 192, 1);
        Path valid = Toys.cache(dir.resolve("valid"), 256, 2);
        Path held = Toys.cache(dir.resolve("held"), 256, 3);
        Path few = Toys.cache(dir.resolve("few"), 16, 4);
        Path model = dir.resolve("model");
        assertEquals(0, Main.commandLine().execute("train", "--data", train.toString(), "--valid", valid.toString(), "--out", model.toString(),
            "--size", "48", "--batch", "16", "--epochs", "3", "--lr", "5e-4", "--min-area", "0.9"));
        assertEquals(0, Main.commandLine().execute("evaluate", model.toString(), "--valid", valid.toString(),
            "--data", "held-out=" + held, "--data", "few=" + few));

        ModelCard card = ModelCard.read(model.resolve(ModelCard.FILE));
        assertEquals(Toys.LABELS, card.labelNames());
        assertTrue(card.trainedOnSynthetic());
        assertEquals(3, card.metrics().size());
        var heldOut = card.metrics().get(1).labels().get(0);
        assertTrue(heldOut.auc().value() > 0.9 && heldOut.auc().low() <= heldOut.auc().value(), heldOut.toString());
        assertNotNull(card.labels().get(0).operatingPoint());
        assertTrue(card.labels().get(0).operatingPoint().sensitivity().low() >= 0.9 - 1e-9);
        assertTrue(heldOut.heatMap().chance() > 0.05 && heldOut.heatMap().chance() < 0.07, heldOut.heatMap().toString());
        assertNull(card.metrics().get(2).labels().get(0).auc(), "16 films say nothing");

        // All 256 films of the first measured set, whose order in the probe is another than in the cache.
        SelfTest probe = SelfTest.read(model.resolve("probe.safetensors"), 48, 2);
        Safetensors eval = Safetensors.read(model.resolve("eval.safetensors"));
        assertEquals("F32[256, 2]", eval.get("held-out.logits").toString());
        assertArrayEquals(java.util.Arrays.copyOf(eval.get("held-out.logits").floats(), 2), probe.logits()[0], 1e-4f);
        assertEquals(256, probe.inputs().length);
        int[] order = Evidence.spread(256, 256);
        for (int i = 0; i < 256; i++) {
            float[] measured = java.util.Arrays.copyOfRange(eval.get("held-out.logits").floats(), 2 * order[i], 2 * order[i] + 2);
            assertArrayEquals(measured, probe.logits()[i], 1e-4f, "film " + order[i]);
        }
        assertTrue(Files.readString(model.resolve("card.md")).contains("trained on synthetic images"));
        assertTrue(Files.size(model.resolve("roc-held-out.png")) > 1000);
    }
}
