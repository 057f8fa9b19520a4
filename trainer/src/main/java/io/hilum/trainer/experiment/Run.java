package io.hilum.trainer.experiment;

import java.util.Locale;

/**
 * One child process's work.
 *
 * @param arm what it begins with; null for the pre-training itself
 * @param share of the labels of the training part
 * @param seed of the drawn weights, of the order of films, of augmentation and of the label sample: the two arms of one
 *     seed see the same films in the same order
 * @param candidate what it is fixed to while candidates are compared; null takes the arm's choice
 * @param passes films that go forward and backward
 */
record Run(Task task, Arm arm, double share, int seed, String candidate, int passes) {
    static final String PRETRAINING = "pretraining";

    static Run pretraining(int passes) {
        return new Run(null, null, 1, 1, null, passes);
    }

    boolean isPretraining() {
        return arm == null;
    }

    /** The name of its folder, such as {@code covidx-010-scratch-seed1-b}. */
    String id() {
        if (isPretraining()) {
            return PRETRAINING;
        }
        return String.format(Locale.ROOT, "%s-%03d-%s-seed%d%s", task.id(), Math.round(share * 100), arm.id(), seed,
            candidate == null ? "" : "-" + candidate);
    }

    /** Whether it must wait for the arm's candidates to be compared. */
    boolean needsChoice() {
        return !isPretraining() && candidate == null;
    }
}
