package io.hilum.sink.store;

import java.util.Map;

/**
 * What live pages are told: which thing changed, never a name. Pages fetch the rest.
 *
 * @param kind the server-sent event's name
 * @param data small JSON object: text, number or boolean values
 */
public record Change(Kind kind, Map<String, Object> data) {

    /** The server-sent events' names. */
    public enum Kind {
        STUDY("study"),
        DEAD_LETTER("dead-letter"),
        MODEL("model");

        private final String event;

        Kind(String event) {
            this.event = event;
        }

        public String event() {
            return event;
        }
    }

    public Change {
        data = Map.copyOf(data);
    }
}
