package io.hilum.benchmarks.chaos;

import io.hilum.benchmarks.chaos.check.Checker;
import io.hilum.benchmarks.chaos.check.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The check alone, on a folder that a run left. */
@Command(name = "chaos-check", description = "Looks at what a run of bench chaos left in its folder, offline: what was lost, duplicated, out of "
        + "order or wrong. Ends with status 1 when anything was.")
public final class ChaosCheck implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The run's folder.")
    private Path folder;

    @Option(names = "--unknown-scores", description = "Do not compute what the scores must be: the run had a real bundle.")
    private boolean unknownScores;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Verdict verdict = Checker.check(folder, !unknownScores);
        print(out, verdict);
        out.println(ChaosFigures.of(verdict).json());
        out.flush();
        return verdict.holds() ? 0 : 1;
    }

    static void print(PrintWriter out, Verdict verdict) {
        verdict.sentences().forEach(out::println);
        out.println(verdict.holds() ? "Nothing is lost, repeated, out of order or wrong."
                : verdict.images() == 0 ? "There are no images, so nothing is proven." : "The guarantees do not hold.");
    }
}
