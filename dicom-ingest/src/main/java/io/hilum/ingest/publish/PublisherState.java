package io.hilum.ingest.publish;

/** How the publisher does, for health and the administrator. */
public enum PublisherState {
    /** It looks for the broker and the topics. */
    STARTING,
    PUBLISHING,
    /** The broker does not answer or refuses; the door goes on into the journal. */
    DEGRADED,
    /** The topics are not as declared: only an administrator can help. */
    MISCONFIGURED,
    STOPPED
}
