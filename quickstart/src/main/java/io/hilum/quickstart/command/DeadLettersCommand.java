package io.hilum.quickstart.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** What could not be used. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "What could not be received, rendered or scored, and why; sends it again when the cause is gone.",
        subcommands = {DeadLettersList.class, DeadLettersShow.class, DeadLettersReplay.class, HelpCommand.class})
public final class DeadLettersCommand {
}
