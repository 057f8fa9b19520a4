package io.hilum.quickstart.command;

import io.hilum.quickstart.letters.CommittedRecords;
import io.hilum.quickstart.letters.Letter;
import io.hilum.quickstart.letters.LetterBox;
import io.hilum.quickstart.letters.LetterFilter;
import io.hilum.quickstart.letters.LetterText;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The table of dead letters. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists dead letters, the oldest first.")
final class DeadLettersList implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaConnection kafka;

    @Option(names = "--code", paramLabel = "CODE", description = "only this cause code")
    private String code;

    @Option(names = "--since", paramLabel = "TIME", converter = Since.class, description = Since.HELP)
    private Instant since;

    @Option(names = "--site", description = "only of this site")
    private String site;

    @Option(names = "--study", paramLabel = "UID", description = "only of this study")
    private String study;

    @Option(names = "--json", description = "one JSON object a line instead of the table")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        LetterFilter filter = new LetterFilter(
                Optional.ofNullable(code), Optional.ofNullable(since), Optional.ofNullable(site), Optional.ofNullable(study));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        AtomicLong found = new AtomicLong();
        Consumer<Letter> print = letter -> {
            if (!json && found.get() == 0) {
                out.println(LetterText.heading());
            }
            found.incrementAndGet();
            out.println(json ? LetterText.json(letter) : LetterText.row(letter));
        };
        try (CommittedRecords records = new CommittedRecords(kafka.settings())) {
            new LetterBox(records, err::println).read(filter, print, new Progress(err));
        }
        if (!json) {
            out.println(found.get() == 0 ? "No dead letter" + (filter.equals(LetterFilter.ALL) ? "." : " like that.")
                    : found.get() + (found.get() == 1 ? " dead letter." : " dead letters. ./hilum dead-letters show ID tells all of one."));
        }
        out.flush();
        return 0;
    }
}
