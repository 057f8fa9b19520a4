package io.hilum.exporter;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.model.bundle.Bundle;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Announces a bundle. */
@Command(name = "release", description = "Announce a bundle as the one that serves its line; what served before becomes the fallback.")
final class ReleaseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "BUNDLE_URI", description = "Folder of the bundle, as a path or file:/// URI; without --store "
            + "every stream-processor must see it there.")
    private String bundle;

    @Option(names = "--line", paramLabel = "NAME", description = "The model line that it is for; refused when the bundle is of another.")
    private String line;

    @Option(names = "--store", paramLabel = "URI", description = "Object store to copy the bundle into first (file:/// or s3://), "
            + "for instances that do not see the folder.")
    private URI store;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:9092",
            description = "Kafka's bootstrap servers (default: ${DEFAULT-VALUE}).")
    private String bootstrap;

    @Option(names = "--decided-by", paramLabel = "WHO", defaultValue = "${sys:user.name}", description = "Kept with the release.")
    private String decidedBy;

    @Override
    public Integer call() throws Exception {
        Path folder = folder();
        String actual = Bundle.open(folder, Optional.empty()).manifest().line();
        if (line != null && !line.equals(actual)) {
            throw new ExportException("The bundle at " + folder + " is of the line '" + actual + "', not '" + line + "'.");
        }
        ModelRelease release = Releaser.release(new ReleaseRequest(folder, bootstrap, decidedBy, Optional.ofNullable(store)));
        spec.commandLine().getOut().printf("%s generation %d: active %s (%s)%s%n", release.getLine(), release.getGeneration(),
                release.getActive().getVersion(), release.getActive().getUri(),
                release.hasFallback() ? ", fallback " + release.getFallback().getVersion() : ", no fallback yet");
        return 0;
    }

    private Path folder() throws ExportException {
        if (!bundle.contains(":/")) {
            return Path.of(bundle);
        }
        URI uri = URI.create(bundle);
        if (!"file".equals(uri.getScheme())) {
            throw new ExportException("The bundle's address is " + bundle + "; only folders and file:/// URIs can be released; "
                    + "--store copies them to where instances fetch them.");
        }
        return Path.of(uri);
    }
}
