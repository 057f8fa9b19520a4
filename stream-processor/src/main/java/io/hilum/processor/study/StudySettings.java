package io.hilum.processor.study;

import java.time.Duration;
import java.util.Set;

/**
 * How studies are put together.
 *
 * @param idle without a new image for this long a study becomes final
 * @param hardCap it becomes final this long after its first image even when images keep coming
 * @param maxImages images beyond this number go to the dead letters: a record must stay sendable
 * @param remember a study's last revision is kept for this long: its revision does not restart before
 * @param statLabels labels that make a study STAT when positive
 */
public record StudySettings(Duration idle, Duration hardCap, int maxImages, Duration remember, Set<String> statLabels) {

    public StudySettings {
        if (idle.toMillis() < 1 || hardCap.compareTo(idle) < 0) {
            throw new IllegalArgumentException("The idle time " + idle + " must be positive and at most the hard cap " + hardCap + ".");
        }
        if (maxImages < 1) {
            throw new IllegalArgumentException("maxImages is " + maxImages + "; a study has at least 1 image.");
        }
        if (remember.compareTo(hardCap) <= 0) {
            throw new IllegalArgumentException("The studies' memory of " + remember + " must be above the hard cap " + hardCap + ".");
        }
        statLabels = Set.copyOf(statLabels);
    }
}
