package io.hilum.benchmarks.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The line for programs. What was not measured is null, never a number. One thread.
 *
 * <p>{@code logits_max_abs} and {@code cam_max_rel}: engine against trainer; {@code ort_vs_torch}: images a second by Python
 * PyTorch's; {@code sgemm_fraction}: images a second by what the rate of a large matrix product would allow;
 * {@code int8_vs_fp32}: images a second; {@code int8_auc_drop_upper}: upper 95 % bound of the drop of the mean AUC;
 * {@code cam3_cost}: seconds with three maps by seconds without; {@code cam14_vs_autograd}: images a second with fourteen maps
 * by autograd's; {@code batcher_overhead}: share of the engine's images a second that is lost.
 */
final class Figures {

    private static final String[] KEYS = {"logits_max_abs", "cam_max_rel", "ort_vs_torch", "sgemm_fraction", "int8_vs_fp32",
        "int8_auc_drop_upper", "cam3_cost", "cam14_vs_autograd", "batcher_overhead", "golden_logits_max_abs", "golden_cam_max_rel",
        "int8_flips", "cam14_vs_one_forward", "second_pass_rate", "queue_p99_ms", "queue_bound_ms", "door_dp_median", "door_dp_max"};

    private final Map<String, Object> values = new LinkedHashMap<>();

    Figures() {
        values.put("bench", "inference");
        for (String key : KEYS) {
            values.put(key, null);
        }
    }

    void put(String key, double value) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("There is no figure '" + key + "'.");
        }
        values.put(key, Double.isNaN(value) ? null : Double.parseDouble("%.4g".formatted(value)));
    }

    String json() {
        try {
            return new ObjectMapper().writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
