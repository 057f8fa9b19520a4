package io.hilum.trainer.experiment;

import io.hilum.model.Architecture;
import io.hilum.trainer.net.AdamW;
import io.hilum.trainer.net.Initialisation;
import io.hilum.trainer.net.Network;
import io.hilum.trainer.net.ParameterGroups;
import io.hilum.trainer.net.Precision;
import io.hilum.trainer.net.Torch;
import io.hilum.trainer.net.TrainStep;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an experiment will cost, said before it begins. */
record Budget(Plan plan, int workers) {
    /** Validation, test films, saves and starts, as a share on top of the passes. */
    private static final double REST = 0.15;
    private static final int WARM = 3;
    private static final int MEASURED = 8;

    /** @param left runs without a result */
    void print(PrintStream out, List<Run> left, double imagesPerSecond) {
        out.printf("Input %d pixels, %d films a step, %s, %d runs at a time, one thread each.%n", plan.size(), plan.batch(), Precision.BF16, workers);
        out.println("Candidates, chosen by each arm on validation at " + Plan.CHOSEN_AT + " % of the labels, seed " + Plan.CHOSEN_SEED + ":");
        Candidate.ALL.forEach(c -> out.println("  " + c.words()));
        out.println("Image passes:");
        plan.passes().forEach((kind, passes) -> out.printf("  %-40s %,9d%n", kind, passes));
        long passesLeft = left.stream().mapToLong(Run::passes).sum();
        out.printf("  %-40s %,9d in %d runs%n", "all", plan.runs().stream().mapToLong(Run::passes).sum(), plan.runs().size());
        out.printf("  %-40s %,9d in %d runs%n", "not done yet", passesLeft, left.size());
        var time = Duration.ofSeconds((long) (passesLeft / imagesPerSecond * (1 + REST)));
        out.printf("Measured now: %.0f images/s for all workers together, so about %d h %02d min, and %.0f min of CPU.%n", imagesPerSecond,
            time.toHours(), time.toMinutesPart(), time.toSeconds() / 60.0 * workers);
    }

    /** Images a second of all workers together: each in a process of its own, at the same time. */
    double measure() throws IOException {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            processes.add(Child.start("rate", List.of("--size", "" + plan.size(), "--batch", "" + plan.batch()), ProcessBuilder.Redirect.PIPE));
        }
        double sum = 0;
        for (Process process : processes) {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            try {
                sum += Double.parseDouble(text.substring(text.lastIndexOf('\n') + 1));
            } catch (NumberFormatException e) {
                throw new IOException("The rate could not be measured: " + text, e);
            }
        }
        return sum;
    }

    /** Images a second of one process, on grey films. */
    static double rate(int size, int batch) {
        var start = Initialisation.draw(Architecture.EVA_X_TI, Architecture.grid(size), 1, 1);
        var images = ByteBuffer.allocateDirect(batch * size * size);
        try (var root = Torch.start(1);
                Network network = new Network(root, Architecture.EVA_X_TI, start, size, Architecture.MEAN, Architecture.STD);
                TrainStep step = new TrainStep(network, AdamW.published(new ParameterGroups(1, 0.05)), Precision.BF16)) {
            long from = 0;
            for (int i = 0; i < WARM + MEASURED; i++) {
                if (i == WARM) {
                    from = System.nanoTime();
                }
                step.run(images.rewind(), new float[batch], new float[0], 1e-4);
            }
            return MEASURED * batch / ((System.nanoTime() - from) / 1e9);
        }
    }
}
