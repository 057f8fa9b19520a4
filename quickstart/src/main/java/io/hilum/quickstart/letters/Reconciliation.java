package io.hilum.quickstart.letters;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.kafka.common.KafkaException;

/**
 * Asks dicom-ingest to announce stored images again that have no finding, {@code POST /api/reconcile}; at most once with
 * quarantined films and once without.
 *
 * <p>Threading: owned by one thread.
 */
public final class Reconciliation {

    private final URI door;
    private String answer = "";
    private boolean asked;
    private boolean askedForQuarantined;

    /** @param door dicom-ingest's HTTP address, e.g. {@code http://127.0.0.1:8081} */
    public Reconciliation(URI door) {
        this.door = door;
    }

    void ask(boolean dryRun, boolean quarantined) throws InterruptedException {
        if (asked && (askedForQuarantined || !quarantined)) {
            return;
        }
        // An administrator asks: an image that is on its way anyway is a duplicate at worst.
        URI uri = door.resolve("/api/reconcile?olderThanSeconds=0&dryRun=" + dryRun + "&quarantined=" + quarantined);
        try {
            HttpResponse<String> said = HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (said.statusCode() / 100 != 2) {
                throw new KafkaException("dicom-ingest at " + door + " does not reconcile (status " + said.statusCode() + "): "
                        + said.body());
            }
            answer = said.body();
            asked = true;
            askedForQuarantined |= quarantined;
        } catch (IOException away) {
            throw new KafkaException("dicom-ingest does not answer at " + door + ": " + away, away);
        }
    }

    /** The last report, as dicom-ingest wrote it. */
    String answer() {
        return answer;
    }
}
