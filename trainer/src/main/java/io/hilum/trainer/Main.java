package io.hilum.trainer;

import io.hilum.trainer.eval.EvaluateCommand;
import io.hilum.trainer.experiment.ExperimentCommand;
import io.hilum.trainer.films.FilmsCommand;
import io.hilum.trainer.phantom.DemoModelCommand;
import io.hilum.trainer.phantom.PhantomsCommand;
import io.hilum.trainer.pretrain.PretrainCommand;
import io.hilum.trainer.train.TrainCommand;
import io.hilum.trainer.weights.ImportCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The trainer's commands. */
@Command(name = "trainer", mixinStandardHelpOptions = true,
    subcommands = {PretrainCommand.class, TrainCommand.class, EvaluateCommand.class, PhantomsCommand.class, FilmsCommand.class,
        DemoModelCommand.class, ExperimentCommand.class, ImportCommand.class},
    description = "Data in, weights out.")
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The commands, ready to run; a refusal is one sentence, not a stack trace. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true).setExecutionExceptionHandler((e, line, parsed) -> {
            boolean expected = e instanceof java.io.IOException || e instanceof IllegalArgumentException;
            line.getErr().println(expected && e.getMessage() != null ? e.getMessage() : "Failed: " + e);
            if (!expected) {
                e.printStackTrace(line.getErr());
            }
            return 1;
        });
    }
}
