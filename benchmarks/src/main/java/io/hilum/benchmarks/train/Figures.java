package io.hilum.benchmarks.train;

import io.hilum.benchmarks.peer.Python;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;

/**
 * The line for programs. What was not measured is null, never a number.
 *
 * @param goldensPassed tests of reference values that ran and passed; a skipped one is neither passed nor failed
 * @param trainRatio images a second of a training step at batch 8, ours by Python's: median of the pairs
 * @param forwardRatio the same of the forward pass at batch 32
 * @param pipeline films a second of one core from the cache to the batch
 * @param rssGrowth of the resident memory between two steps of a training; 0.1 is ten per cent
 */
record Figures(Integer goldensPassed, Integer goldensFailed, Double trainRatio, Double forwardRatio, Double pipeline, Double rssGrowth) {
    String json() {
        var out = new LinkedHashMap<String, Object>();
        out.put("bench", "train");
        out.put("goldens_passed", goldensPassed);
        out.put("goldens_failed", goldensFailed);
        out.put("train_ratio_b8", rounded(trainRatio));
        out.put("forward_ratio_b32", rounded(forwardRatio));
        out.put("pipeline_images_per_s_core", rounded(pipeline));
        out.put("rss_growth", rounded(rssGrowth));
        try {
            return new ObjectMapper().writeValueAsString(out);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Double rounded(Double value) {
        return value == null ? null : Math.round(value * 1e4) / 1e4;
    }
}
