package io.hilum.benchmarks.gpu;

/**
 * What became of a job.
 *
 * @param measured null when nothing came of it
 * @param accuracy null when nothing was computed
 * @param reason why nothing came of it; empty otherwise
 */
record Outcome(Job job, Measured measured, Accuracy accuracy, String reason) {

    static Outcome of(Job job, Measured measured) {
        Accuracy accuracy = measured.computed() == null ? null
            : Accuracy.of(job.model().card(), job.model().reference(), measured.computed());
        return new Outcome(job, measured, accuracy, "");
    }

    static Outcome nothing(Job job, String reason) {
        return new Outcome(job, null, null, reason);
    }

    /** Whether numbers came that are not the model's. */
    boolean wrong() {
        return accuracy != null && !accuracy.credible(job.precision());
    }
}
