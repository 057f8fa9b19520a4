package io.hilum.quickstart.command;

import io.hilum.quickstart.letters.CommittedRecords;
import io.hilum.quickstart.letters.LetterBox;
import io.hilum.quickstart.letters.LetterId;
import io.hilum.quickstart.letters.LetterText;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All of a letter. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows all of a dead letter, and what to do about it.")
final class DeadLettersShow implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaConnection kafka;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "as the list shows it, e.g. 0-17")
    private List<String> ids;

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        List<LetterId> wanted = ids.stream().map(LetterId::parse).toList();
        PrintWriter out = spec.commandLine().getOut();
        try (CommittedRecords records = new CommittedRecords(kafka.settings())) {
            LetterBox letters = new LetterBox(records, spec.commandLine().getErr()::println);
            for (LetterId id : wanted) {
                out.println(json ? LetterText.json(letters.get(id)) : LetterText.page(letters.get(id)) + System.lineSeparator());
            }
        }
        out.flush();
        return 0;
    }
}
