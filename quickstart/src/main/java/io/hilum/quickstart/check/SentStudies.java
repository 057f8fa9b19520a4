package io.hilum.quickstart.check;

import java.util.Set;

/**
 * What was sent to the door and what it answered.
 *
 * @param count images sent
 * @param acceptedImages SOP Instance UIDs answered with success
 * @param acceptedStudies their Study Instance UIDs
 * @param repeated images accepted under a SOP Instance UID that another accepted image has: one finding answers all
 * @param refused images answered with a failure, or for which the door accepted no presentation context
 */
public record SentStudies(
        int count, Set<String> acceptedImages, Set<String> acceptedStudies, int repeated, int refused) {

    public SentStudies {
        acceptedImages = Set.copyOf(acceptedImages);
        acceptedStudies = Set.copyOf(acceptedStudies);
    }
}
