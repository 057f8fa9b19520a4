package io.hilum.contracts.topic;

/** Kafka's {@code cleanup.policy} of a topic. */
public enum CleanUp {
    DELETE("delete"),
    COMPACT("compact");

    private final String policy;

    CleanUp(String policy) {
        this.policy = policy;
    }

    public String policy() {
        return policy;
    }
}
