package io.hilum.quickstart.command;

import io.hilum.quickstart.letters.CommittedRecords;
import io.hilum.quickstart.letters.LetterBox;
import io.hilum.quickstart.letters.LetterFilter;
import io.hilum.quickstart.letters.LetterId;
import io.hilum.quickstart.letters.Reconciliation;
import io.hilum.quickstart.letters.Replay;
import io.hilum.quickstart.letters.Replayed;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends origins again. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = {
    "Sends what a dead letter is about again, once its cause is gone. Asks nothing; prints one line a letter.",
    "Twice does no harm. Exit status 1 if any could not be sent."})
final class DeadLettersReplay implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaConnection kafka;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "as the list shows it, e.g. 0-17")
    private List<String> ids = List.of();

    @Option(names = "--code", paramLabel = "CODE", description = "every letter of this cause code, instead of IDs")
    private String code;

    @Option(names = "--since", paramLabel = "TIME", converter = Since.class, description = "with --code: " + Since.HELP)
    private Instant since;

    @Option(names = "--door", paramLabel = "URL", description = "dicom-ingest, e.g. http://127.0.0.1:8081: it is asked to announce"
            + " stored images again whose records are gone")
    private URI door;

    @Option(names = "--dry-run", description = "only say what would be done")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        if (ids.isEmpty() == (code == null) || since != null && code == null) {
            throw new ParameterException(spec.commandLine(), "Name letters by their IDs, or all of a cause by --code CODE"
                    + " [--since TIME]; not both.");
        }
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Object> connection = kafka.settings();
        int failed = 0;
        try (CommittedRecords records = new CommittedRecords(connection);
                Replay replay = new Replay(connection, records, door == null ? null : new Reconciliation(door), dryRun)) {
            LetterBox letters = new LetterBox(records, spec.commandLine().getErr()::println);
            List<LetterId> wanted = wanted(letters);
            for (LetterId id : wanted) {
                Replayed done = replay.replay(letters.get(id));
                out.println(done.id() + "  " + done.sentence());
                out.flush();
                failed += done.isDone() ? 0 : 1;
            }
            out.printf("%d of %d %s%n", wanted.size() - failed, wanted.size(), dryRun ? "can be replayed" : "replayed");
        }
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    /** Ids alone: letters of a long topic, each with up to 64 KiB of its record, are not all held at once. */
    private List<LetterId> wanted(LetterBox letters) {
        if (code == null) {
            return ids.stream().map(LetterId::parse).distinct().toList();
        }
        List<LetterId> found = new ArrayList<>();
        letters.read(new LetterFilter(Optional.of(code), Optional.ofNullable(since), Optional.empty(), Optional.empty()),
                letter -> found.add(letter.id()), new Progress(spec.commandLine().getErr()));
        return found;
    }
}
