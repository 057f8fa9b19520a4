package io.hilum.trainer.experiment;

import io.hilum.trainer.pretrain.Pretraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where an experiment keeps its films and runs. Read and written by several processes; each run's folder by one at a time.
 *
 * @param data the data folder, with covidx-mini and cxr14-mini
 * @param out everything that the experiment makes
 */
record Workplace(Path data, Path out, Plan plan) {
    Path films(String cache) {
        return out.resolve("films").resolve(cache + ".safetensors");
    }

    Path folder(Run run) {
        return out.resolve(suffixed("runs")).resolve(run.id());
    }

    /** Where text and figures go. */
    Path report() {
        return out.resolve(suffixed("report"));
    }

    /** What measures nothing must never stand where measurements are looked for. */
    private String suffixed(String name) {
        return plan.equals(Plan.TOY) ? name + "-toy" : name;
    }

    /** Whether there is a result, of as many passes and of the size that the plan says. */
    boolean ended(Run run) {
        if (!Files.exists(folder(run).resolve(RunResult.FILE))) {
            return false;
        }
        try {
            RunResult result = result(run);
            return result.passes() == run.passes() && Integer.toString(plan.size()).equals(result.settings().get("size"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RunResult result(Run run) throws IOException {
        return RunResult.read(folder(run));
    }

    /** What the pre-training leaves, with the reference's names. */
    Path encoder() {
        return folder(Run.pretraining(plan.pretraining())).resolve(Pretraining.WEIGHTS);
    }

    /** The candidate with the best validation AUC; all of the arm's candidates must have ended. Ties go to the first. */
    Candidate choice(Arm arm) throws IOException {
        Candidate best = null;
        double bestAuc = Double.NEGATIVE_INFINITY;
        for (Run run : plan.candidates(arm).stream().sorted(Comparator.comparing(Run::candidate)).toList()) {
            double auc = result(run).validationAuc();
            if (auc > bestAuc) {
                best = Candidate.of(run.candidate());
                bestAuc = auc;
            }
        }
        return best;
    }

    /** The run that stands for a task, arm, share (percent) and seed: at the share of the choice, the chosen candidate's. */
    Run standing(Task task, Arm arm, int share, int seed) throws IOException {
        boolean compared = task == Task.COVIDX && share == Plan.CHOSEN_AT && seed == Plan.CHOSEN_SEED;
        String wanted = compared ? choice(arm).id() : null;
        return plan.runs().stream()
            .filter(r -> r.task() == task && r.arm() == arm && Math.round(r.share() * 100) == share && r.seed() == seed)
            .filter(r -> wanted == null || wanted.equals(r.candidate())).findFirst().orElseThrow();
    }
}
