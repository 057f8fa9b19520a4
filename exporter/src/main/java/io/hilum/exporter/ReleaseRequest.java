package io.hilum.exporter;

import java.nio.file.Path;

/**
 * Which bundle is to serve.
 *
 * @param bundle its folder, as every instance of stream-processor sees it
 * @param bootstrap Kafka's {@code bootstrap.servers}
 * @param decidedBy who decided: a person or a program, kept with the release
 */
public record ReleaseRequest(Path bundle, String bootstrap, String decidedBy) {

    public ReleaseRequest {
        if (decidedBy == null || decidedBy.isBlank()) {
            throw new IllegalArgumentException("A release needs someone who decided it.");
        }
    }
}
