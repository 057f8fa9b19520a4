package io.hilum.benchmarks.gpu;

import java.io.PrintWriter;
import java.util.Locale;

/** The table for people, a few lines for each job as soon as it is done. */
final class GpuTable {
    private final PrintWriter out;

    GpuTable(PrintWriter out) {
        this.out = out;
    }

    void head() {
        out.printf("%-10s %-5s %-5s %5s %5s %11s %9s %9s %11s   %s%n", "", "by", "prec.", "maps", "batch", "images/s", "p50 ms", "p99 ms", "bare", "accuracy");
    }

    void print(Outcome outcome) {
        Job job = outcome.job();
        if (outcome.measured() == null) {
            out.printf("NOT MEASURED: %s: %s%n", job, outcome.reason());
        } else {
            String accuracy = outcome.accuracy() == null ? "" : accuracy(outcome);
            if (outcome.measured().speeds().isEmpty()) {
                row(job, "%5s %11s %9s %9s %11s".formatted("-", "-", "-", "-", "-"), accuracy);
            }
            for (Speed speed : outcome.measured().speeds()) {
                Double bare = outcome.measured().bare().get(speed.batch());
                row(job, String.format(Locale.ROOT, "%5d %11.1f %9.2f %9.2f %11s", speed.batch(), speed.imagesPerSecond(), speed.medianMillis(),
                    speed.p99Millis(), bare == null ? "-" : String.format(Locale.ROOT, "%.1f", bare)), accuracy);
                accuracy = "";
            }
            outcome.measured().remarks().forEach(remark -> out.printf("  %s: %s%n", job, remark));
        }
        out.flush();
    }

    private void row(Job job, String numbers, String accuracy) {
        out.printf("%-10s %-5s %-5s %5d %s   %s%n", job.model().architecture().id(), job.who() == Who.HILUM ? "Hilum" : "torch",
            job.precision().id(), job.maps(), numbers, accuracy);
    }

    private static String accuracy(Outcome outcome) {
        Accuracy accuracy = outcome.accuracy();
        String cam = accuracy.camCosine() == null ? "" : String.format(Locale.ROOT, ", cam cosine %.5f", accuracy.camCosine());
        return String.format(Locale.ROOT, "%slogits %.1e, p99 dp %.1e, flips %d%s", outcome.wrong() ? "WRONG: " : "",
            accuracy.logitsMaxAbs(), accuracy.p99Dp(), accuracy.flips(), cam);
    }
}
