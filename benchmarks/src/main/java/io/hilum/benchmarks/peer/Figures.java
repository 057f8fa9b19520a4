package io.hilum.benchmarks.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A benchmark's line for programs. What was not measured is null, never a number. One thread. */
public final class Figures {

    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param keys all figures that the line has, in their order */
    public Figures(String bench, List<String> keys) {
        values.put("bench", bench);
        keys.forEach(key -> values.put(key, null));
    }

    public void put(String key, double value) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException("There is no figure '" + key + "'.");
        }
        values.put(key, Double.isNaN(value) ? null : Double.parseDouble("%.4g".formatted(value)));
    }

    public String json() {
        try {
            return new ObjectMapper().writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
