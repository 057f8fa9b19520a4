package io.hilum.sink.config;

/** Who may see the pages. They name persons. */
public enum AuthMode {
    /** Everybody who reaches the port. */
    NONE,
    /** Users of a file, by HTTP basic authentication; use it behind TLS only. */
    BASIC
}
