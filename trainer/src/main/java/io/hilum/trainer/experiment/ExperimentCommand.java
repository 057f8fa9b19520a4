package io.hilum.trainer.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code experiment}: experiments that can be repeated, each one command. */
@Command(name = "experiment", mixinStandardHelpOptions = true,
    subcommands = {ExperimentCommand.Pretraining.class, ExperimentCommand.One.class, ExperimentCommand.Rate.class},
    description = "Repeatable experiments on real films. Decision support research; not for clinical use.")
public final class ExperimentCommand {
    /** Which runs a call does. */
    enum Part { ALL, SCRATCH, PRETRAINING, PRETRAINED, ANALYSE }

    /** Where, and how large. */
    static final class Where {
        @Option(names = "--data", required = true, description = "the data folder, with covidx-mini and cxr14-mini")
        Path data;
        @Option(names = "--out", required = true, description = "folder for films, runs and report; the same folder goes on where it was left")
        Path out;
        @Option(names = "--toy", description = "a few steps of everything: shows that it works, measures nothing; kept apart in runs-toy and report-toy")
        boolean toy;

        Workplace place() {
            return new Workplace(data.toAbsolutePath().normalize(), out.toAbsolutePath().normalize(), toy ? Plan.TOY : Plan.FULL);
        }

        List<String> arguments() {
            Workplace place = place();
            List<String> list = new ArrayList<>(List.of("--data", place.data().toString(), "--out", place.out().toString()));
            if (toy) {
                list.add("--toy");
            }
            return list;
        }
    }

    /** Does pre-training help? */
    @Command(name = "pretraining", mixinStandardHelpOptions = true, showDefaultValues = true,
        description = "From scratch against pixel-target pre-training on covidx-mini and cxr14-mini: prints its budget, runs, analyses. "
            + "Killed at any time, the same command goes on.")
    static final class Pretraining implements Callable<Integer> {
        @Mixin
        private Where where;
        @Option(names = "--workers", defaultValue = "2", description = "runs at a time, one thread each; more than there are free cores only makes each slower")
        private int workers;
        @Option(names = "--only", defaultValue = "ALL", description = "${COMPLETION-CANDIDATES}: a part of the runs; ANALYSE runs nothing and writes the report anew")
        private Part only;

        @Override
        public Integer call() throws IOException {
            Workplace place = where.place();
            new FilmSets(place).make();
            int code = only == Part.ANALYSE ? 0 : work(place);
            analyse(place);
            return code;
        }

        private int work(Workplace place) throws IOException {
            List<Run> wanted = place.plan().runs().stream().filter(this::wanted).toList();
            List<Run> left = wanted.stream().filter(run -> !place.ended(run)).toList();
            if (!left.isEmpty()) {
                var budget = new Budget(place.plan(), workers);
                budget.print(System.out, left, budget.measure());
            }
            var child = new Child(place, where.arguments());
            List<Run> failed = new Workers(workers, place.plan(), place::ended, child::execute).work(wanted);
            if (!failed.isEmpty()) {
                System.out.println("Without a result: " + failed.stream().map(Run::id).toList() + ". The same command tries again.");
            }
            return failed.isEmpty() ? 0 : 1;
        }

        /** Writes the report of what has ended so far. */
        private static void analyse(Workplace place) throws IOException {
            Path report = place.report();
            Files.createDirectories(report);
            List<Outcome> outcomes = Outcome.all(place);
            String text = new ResultsText(place, outcomes).write();
            Files.writeString(report.resolve("results.md"), text);
            new Figures(place, outcomes).write(report);
            System.out.println(text);
            System.out.println("Report and figures: " + report);
        }

        private boolean wanted(Run run) {
            return switch (only) {
                case ALL -> true;
                case SCRATCH -> run.arm() == Arm.SCRATCH;
                case PRETRAINING -> run.isPretraining();
                case PRETRAINED -> run.arm() == Arm.PRETRAINED;
                case ANALYSE -> false;
            };
        }
    }

    /** What a child process does. */
    @Command(name = "run", hidden = true)
    static final class One implements Callable<Integer> {
        @Mixin
        private Where where;
        @Option(names = "--run", required = true)
        private String id;

        @Override
        public Integer call() throws IOException {
            Workplace place = where.place();
            Run run = place.plan().runs().stream().filter(r -> r.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The plan has no run '" + id + "'."));
            if (run.isPretraining()) {
                new PretrainingRun(place, run).execute();
            } else {
                new FineTuningRun(place, run).execute();
            }
            return 0;
        }
    }

    /** Prints this machine's images a second. */
    @Command(name = "rate", hidden = true)
    static final class Rate implements Callable<Integer> {
        @Option(names = "--size", required = true)
        private int size;
        @Option(names = "--batch", required = true)
        private int batch;

        @Override
        public Integer call() {
            System.out.println(Budget.rate(size, batch));
            return 0;
        }
    }
}
