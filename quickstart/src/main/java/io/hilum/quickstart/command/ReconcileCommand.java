package io.hilum.quickstart.command;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a running dicom-ingest to republish what has no finding. */
@Command(
        name = "reconcile",
        mixinStandardHelpOptions = true,
        description = "Republishes every stored image that has no finding, for instance after a broker lost records.")
public final class ReconcileCommand implements Callable<Integer> {

    @Option(names = "--url", defaultValue = "http://127.0.0.1:8081", description = "dicom-ingest (default: ${DEFAULT-VALUE})")
    private URI url;

    @Option(names = "--dry-run", description = "only count them")
    private boolean dryRun;

    @Option(names = "--quarantined", description = "films that could not be rendered, too: for instance after an update")
    private boolean quarantined;

    @Override
    public Integer call() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/reconcile?dryRun=" + dryRun + "&quarantined=" + quarantined))
                .POST(HttpRequest.BodyPublishers.noBody()).build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.body());
        return answer.statusCode() / 100 == 2 ? 0 : 1;
    }
}
