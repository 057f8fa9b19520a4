package io.hilum.imaging.net;

import java.time.Duration;

/**
 * How far a list of files is sent.
 *
 * @param last what became of the latest file
 * @param files files done, sent or not
 * @param ofFiles files in all
 * @param stored files that the server has
 * @param bytes bytes done
 * @param ofBytes bytes in all
 * @param elapsed since the first file
 */
public record SendProgress(
        StoreOutcome last, int files, int ofFiles, int stored, long bytes, long ofBytes, Duration elapsed) {

    /** Megabytes (10^6 bytes) a second so far. */
    public double megabytesPerSecond() {
        return bytes / 1e6 / seconds();
    }

    /** Files a second so far. */
    public double filesPerSecond() {
        return files / seconds();
    }

    /** Time to go at the rate so far, by bytes. */
    public Duration remaining() {
        return bytes == 0 ? Duration.ZERO : Duration.ofMillis(Math.round(elapsed.toMillis() * (double) (ofBytes - bytes) / bytes));
    }

    private double seconds() {
        return Math.max(1e-3, elapsed.toNanos() / 1e9);
    }
}
