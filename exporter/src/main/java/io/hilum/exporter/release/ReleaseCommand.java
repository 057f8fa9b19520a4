package io.hilum.exporter.release;

import io.hilum.contracts.event.ModelRelease;
import io.hilum.exporter.ExportException;
import io.hilum.exporter.release.ReleaseRequest.Goal;
import io.hilum.model.bundle.Bundle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a bundle into service, or takes it back. */
@Command(name = "release", description = {
        "Bring a bundle into service: stage it beside the one that serves, wait until every living instance of "
                + "stream-processor has loaded and proved it, then let it serve; what served before becomes the fallback.",
        "When an instance refuses it, what serves goes on serving, and the reason is told.",
        "Without a living instance it goes straight to active."},
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:done", "1:refused here, or by Kafka", "2:wrong usage",
            "3:stopped, because the instances did not take the bundle, or another command on the line came between; what was active stays"})
public final class ReleaseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "BUNDLE_URI", description = "Folder of the bundle, as a path or file:/// URI; without --store "
            + "every stream-processor must see it there.")
    private String bundle;

    @ArgGroup(exclusive = true)
    private Action action = new Action();

    /** What else is done. */
    static final class Action {

        @Option(names = "--stage-only", description = "Stage the bundle and leave it there: loaded, warm, serving nobody.")
        private boolean stageOnly;

        @Option(names = "--shadow", description = "Stage the bundle and let it score the same images without publishing findings; "
                + "comparisons go to hilum.shadow.")
        private boolean shadow;

        @Option(names = "--promote", description = "Let what is staged serve, once the instances have loaded it.")
        private boolean promote;

        @Option(names = {"--abort", "--withdraw"}, description = "Take back what is staged.")
        private boolean abort;

        @Option(names = "--rollback", description = "Let the fallback serve, at once. What served is then no fallback.")
        private boolean rollback;

        @Option(names = "--remove", description = "Take the line out of service: images are scored without it from now on.")
        private boolean remove;
    }

    @Option(names = "--quorum", paramLabel = "SHARE", defaultValue = "1", description = "Share of the living instances that must have "
            + "loaded it, such as 0.5; the others serve the fallback (default: ${DEFAULT-VALUE}, all of them).")
    private double quorum;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "300", description = "How long instances may take to answer "
            + "(default: ${DEFAULT-VALUE}).")
    private long timeout;

    @Option(names = "--line", paramLabel = "NAME", description = "The model line that it is for; refused when the bundle is of another. "
            + "Without a bundle: the only line that was released.")
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
        boolean onLine = action.promote || action.abort || action.rollback || action.remove;
        if (onLine == (bundle != null)) {
            throw wrongUsage(onLine ? "--promote, --abort, --rollback and --remove are about a line and take no bundle; name the line with --line."
                    : "Name the bundle to release, or one of --promote, --abort, --rollback and --remove.");
        }
        ReleasePolicy policy = policy();
        tell(onLine ? moveSlots(policy) : inWords(release(policy)));
        return 0;
    }

    private ModelRelease release(ReleasePolicy policy) throws ExportException, IOException {
        Path folder = folder();
        String actual = Bundle.open(folder, Optional.empty()).manifest().line();
        if (line != null && !line.equals(actual)) {
            throw new ExportException("The bundle at " + folder + " is of the line '" + actual + "', not '" + line + "'.");
        }
        Goal goal = action.shadow ? Goal.SHADOW : action.stageOnly ? Goal.STAGED : Goal.ACTIVE;
        return Releaser.release(new ReleaseRequest(folder, bootstrap, decidedBy, Optional.ofNullable(store), goal, policy), this::tell);
    }

    private String moveSlots(ReleasePolicy policy) throws ExportException, IOException {
        String name = line == null ? onlyLine() : line;
        return ReleaseClients.withDesk(bootstrap, name, decidedBy, this::tell, desk -> {
            if (action.remove) {
                desk.remove();
                return "The line " + name + " is out of service.";
            }
            return inWords(action.promote ? desk.promote(policy) : action.abort ? desk.abort() : desk.rollBack());
        });
    }

    private String onlyLine() throws ExportException {
        List<String> lines = ReleaseClients.lines(bootstrap);
        if (lines.size() != 1) {
            throw wrongUsage(lines.isEmpty() ? "Nothing was ever released." : "Name the line with --line: " + String.join(", ", lines) + ".");
        }
        return lines.get(0);
    }

    private ReleasePolicy policy() {
        try {
            return new ReleasePolicy(quorum, Duration.ofSeconds(timeout));
        } catch (IllegalArgumentException wrong) {
            throw wrongUsage(wrong.getMessage());
        }
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

    /** One line: which bundle is in which slot. */
    static String inWords(ModelRelease release) {
        return "%s generation %d: %s%s%s".formatted(release.getLine(), release.getGeneration(),
                release.hasActive() ? "active " + release.getActive().getVersion() + " (" + release.getActive().getUri() + ")" : "nothing active",
                release.hasFallback() ? ", fallback " + release.getFallback().getVersion() : ", no fallback",
                release.hasStaged() ? ", staged " + release.getStaged().getVersion() + (release.getShadow() ? " in shadow" : "") : "");
    }

    private void tell(String news) {
        spec.commandLine().getOut().println(news);
        spec.commandLine().getOut().flush();
    }

    private ParameterException wrongUsage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
