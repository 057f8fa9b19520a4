package io.hilum.trainer.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.Architecture;
import io.hilum.trainer.train.LrSchedule;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published recipes' tables: which weight learns how fast, and when. */
class RecipeTest {
    @Tag("golden")
    @ParameterizedTest
    @CsvSource({"layer_decay_ti.json,eva-x-ti", "layer_decay_b.json,eva-x-b"})
    void noWeightIsInAnotherGroupThanInTheReference(String file, String architecture) throws IOException {
        var expected = Golden.of("recipe").json(file);
        var groups = new ParameterGroups(expected.get("layer_decay").asDouble(), 0.05);
        var left = new HashSet<>(Architecture.of(architecture).parameters(14, 14).keySet());
        for (var parameter : expected.get("parameters")) {
            String name = parameter.get("name").asText();
            assertTrue(left.remove(name), name + " is unknown here");
            long[] shape = Architecture.of(architecture).parameters(14, 14).get(name);
            var group = groups.of(name, shape);
            assertEquals(parameter.get("layer_id").asInt(), group.layer(), name);
            double multiplier = parameter.get("lr_multiplier").asDouble();
            assertEquals(multiplier, group.multiplier(), 1e-9 * multiplier, name);
            assertEquals(parameter.get("weight_decay").asDouble(), group.weightDecay(), name);
            assertEquals(parameter.get("shape").get(0).asLong(), shape[0], name);
        }
        assertEquals(java.util.Set.of(), left);
    }

    @Tag("golden")
    @ParameterizedTest
    @CsvSource({"fixed_lr_warmup5_of_30,1e-3,1e-3,5,30,true", "cosine_warmup5_of_75_baselines,2.5e-4,1e-5,5,75,false",
        "no_warmup_60,1e-3,1e-3,0,60,true"})
    void theLearningRateIsTheReferencesAtAnyTime(String name, double peak, double minimum, double warmUp, double epochs, boolean constant)
            throws IOException {
        var schedule = new LrSchedule(peak, minimum, warmUp, epochs, constant);
        for (var point : Golden.of("recipe").json("lr_schedule.json").get(name)) {
            double expected = point.get("lr").asDouble();
            assertEquals(expected, schedule.at(point.get("epoch").asDouble()), 1e-9 * expected + 1e-18, point.toString());
        }
    }

    @Test
    void drawnWeightsAreTheSameForASeedAndHaveTheRightSpread() {
        for (Architecture architecture : List.of(Architecture.EVA_X_TI, Architecture.EVA_X_B)) {
            var drawn = Initialisation.draw(architecture, 2, 5, 7);
            if (architecture == Architecture.EVA_X_TI) {
                assertArrayEquals(drawn.get("blocks.4.mlp.w3.weight").floats(),
                    Initialisation.draw(architecture, 2, 5, 7).get("blocks.4.mlp.w3.weight").floats());
            }
            double fan = architecture.dim() + architecture.hidden();
            double enlarged = architecture.normInMlp() ? Math.log(24) : 1;
            assertEquals(Math.sqrt(2 / fan * enlarged), deviation(drawn.get("blocks.4.mlp.w3.weight").floats()), 0.01 * Math.sqrt(2 / fan * enlarged));
            assertEquals(0.02, deviation(drawn.get("pos_embed").floats()), 0.002);
            assertTrue(deviation(drawn.get("head.weight").floats()) < 3e-5);
            assertEquals(1, drawn.get("fc_norm.weight").floats()[0]);
            assertEquals(0, drawn.get("blocks.11.attn.q_bias").floats()[3]);
        }
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float v : values) {
            sum += v * v;
        }
        return Math.sqrt(sum / values.length);
    }
}
