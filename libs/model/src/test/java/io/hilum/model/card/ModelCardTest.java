package io.hilum.model.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hilum.model.Architecture;
import io.hilum.model.input.Geometry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelCardTest {
    private static ModelCard card(String notice) {
        var label = new LabelCard("Nodule", new Calibration(1.5, -0.25), null);
        var found = new LabelCard("Effusion", Calibration.NONE, new OperatingPoint(0.5, 0.9,
            new Interval(0.93, 0.9, 0.95), new Interval(0.8, 0.7, 0.9), 120));
        return new ModelCard(1, "demo", "1", Architecture.EVA_X_TI, 224, Geometry.STRETCH, Architecture.MEAN, Architecture.STD,
            List.of(label, found), List.of(), new Lineage("scratch", "phantoms", 20, Map.of("lr", "1e-3"), 0, "hilum", "2026-01-01T00:00:00Z"),
            true, notice);
    }

    @Test
    void losesNothingInTheFile() throws IOException {
        ModelCard card = card(ModelCard.SYNTHETIC_NOTICE);
        assertEquals(card, ModelCard.parse(card.toJson(), "test"));
        assertTrue(new String(card.toJson(), StandardCharsets.UTF_8).contains("\"eva-x-ti\""));
    }

    @Test
    void cannotBeSilentAboutSyntheticTraining() {
        assertThrows(IllegalArgumentException.class, () -> card(""));
    }

    @Test
    void refusesACardOfAnotherForm() throws IOException {
        String json = new String(card("n").toJson(), StandardCharsets.UTF_8).replace("\"schema\" : 1", "\"schema\" : 9");
        var e = assertThrows(IOException.class, () -> ModelCard.parse(json.getBytes(StandardCharsets.UTF_8), "card.json"));
        assertTrue(e.getMessage().contains("card.json is no model card"), e.getMessage());
    }

    @Test
    void isNeverHalf() throws IOException {
        ObjectNode whole = (ObjectNode) new ObjectMapper().readTree(card("n").toJson());
        for (String field : List.of("name", "version", "architecture", "geometry", "labels")) {
            assertRefused(whole.deepCopy().putNull(field));
        }
        for (String field : List.of("name", "calibration")) {
            ObjectNode half = whole.deepCopy();
            ((ObjectNode) half.at("/labels/0")).putNull(field);
            assertRefused(half);
        }
    }

    @Test
    void hasNoOperatingPointThatIsNoProbability() {
        for (double threshold : new double[] {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new OperatingPoint(threshold, 0.9, null, null, 50));
        }
    }

    private static void assertRefused(ObjectNode json) {
        assertThrows(IOException.class, () -> ModelCard.parse(json.toString().getBytes(StandardCharsets.UTF_8), "card.json"), json.toString());
    }
}
