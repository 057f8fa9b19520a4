package io.hilum.tracing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What OpenTelemetry is told, in its own names: {@code OTEL_*} variables, or {@code otel.*} properties.
 *
 * @param service how spans name this service, unless {@code OTEL_SERVICE_NAME} says otherwise
 * @param uids whether spans name studies and images by their UIDs; otherwise by a short digest of them. UIDs lead to a
 *     person: with them, whoever reads the collector reads personal data
 * @param properties {@code otel.*}
 */
public record TracingOptions(String service, boolean uids, Map<String, String> properties) {

    /** A collector is named by one of these. */
    private static final List<String> ENDPOINTS = List.of("otel.exporter.otlp.endpoint", "otel.exporter.otlp.traces.endpoint");
    private static final String DISABLED = "otel.sdk.disabled";
    private static final String EXPORTER = "otel.traces.exporter";
    private static final String PREFIX = "otel.";

    public TracingOptions {
        properties = Map.copyOf(properties);
    }

    /**
     * From a service's configuration, whatever it comes from.
     *
     * @param names of the properties that are set, as far as they can be listed: variables of the environment cannot, and
     *     need not, because OpenTelemetry reads them itself
     * @param value of a property or of its variable
     */
    public static TracingOptions read(
            String service, boolean uids, Iterable<String> names, Function<String, Optional<String>> value) {
        Map<String, String> properties = new HashMap<>();
        for (String name : names) {
            if (name.startsWith(PREFIX)) {
                value.apply(name).ifPresent(text -> properties.put(name, text));
            }
        }
        for (String name : List.of(ENDPOINTS.get(0), ENDPOINTS.get(1), DISABLED, EXPORTER)) {
            value.apply(name).ifPresent(text -> properties.put(name, text));
        }
        return new TracingOptions(service, uids, properties);
    }

    /** Whether a collector is named and nobody forbids to use it. */
    boolean isOn() {
        return ENDPOINTS.stream().anyMatch(name -> !properties.getOrDefault(name, "").isBlank())
                && !Boolean.parseBoolean(properties.get(DISABLED))
                && !"none".equals(properties.get(EXPORTER));
    }
}
