package io.hilum.quickstart.check;

import java.util.Locale;

/**
 * What {@code ./hilum demo --check} found; its JSON form is the last line printed.
 *
 * @param sent images that the door was sent
 * @param findings images of this run seen on the results topic, read-committed
 * @param rows studies of this run that the database gives back
 * @param refused images that the door refused or quarantined, each with a reason
 * @param firstScoredSeconds from the command's start to the first scored study
 * @param p50Millis last byte at the door to the record on the results topic
 * @param p99Millis likewise
 */
public record CheckReport(
        int sent, int findings, int rows, int refused, double firstScoredSeconds, double p50Millis, double p99Millis) {

    public String toJson() {
        return String.format(Locale.ROOT,
                "{\"sent\":%d,\"findings\":%d,\"rows\":%d,\"refused\":%d,\"first_scored_s\":%s,\"p50_ms\":%s,\"p99_ms\":%s}",
                sent, findings, rows, refused, number(firstScoredSeconds), number(p50Millis), number(p99Millis));
    }

    /** JSON has no NaN: nothing measured is null. */
    private static String number(double value) {
        return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.1f", value);
    }
}
