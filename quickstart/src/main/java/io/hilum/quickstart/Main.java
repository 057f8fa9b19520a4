package io.hilum.quickstart;

import io.hilum.contracts.Disclaimer;
import io.hilum.quickstart.command.DeadLettersCommand;
import io.hilum.quickstart.command.DemoCommand;
import io.hilum.quickstart.command.PhantomsCommand;
import io.hilum.quickstart.command.ReconcileCommand;
import io.hilum.quickstart.command.SendCommand;
import io.hilum.quickstart.command.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that run the house on one machine. */
@Command(
        name = "hilum",
        description = {"Hilum on one machine.", Disclaimer.TEXT},
        subcommands = {
            DemoCommand.class, UpCommand.class, SendCommand.class, PhantomsCommand.class, ReconcileCommand.class,
            DeadLettersCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main())
                // A person gets the sentence; HILUM_TRACE=1 adds where it came from.
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    System.err.println("hilum: " + failure.getMessage());
                    if (System.getenv("HILUM_TRACE") != null) {
                        failure.printStackTrace();
                    }
                    return 1;
                });
        System.exit(line.execute(arguments));
    }
}
