package io.hilum.processor.event;

import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyWithdrawn;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an event must hold before anything downstream relies on it. */
final class EventCheck {

    /** DICOM PS3.5 section 9.1: a UID has at most 64 characters. */
    private static final int MAX_UID = 64;
    private static final int MAX_TEXT = 1024;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private EventCheck() {}

    /** What is wrong with it, as a sentence; empty when it is sound. */
    static Optional<String> problemOf(ImageReceived image) {
        if (!isUid(image.getStudyUid()) || !isUid(image.getSopInstanceUid())) {
            return Optional.of("The image event has no usable UID: study '" + shortened(image.getStudyUid())
                    + "', image '" + shortened(image.getSopInstanceUid()) + "'.");
        }
        if (!SHA256.matcher(image.getObjectSha256()).matches()) {
            return Optional.of("Image " + image.getSopInstanceUid() + " names no SHA-256 of its object.");
        }
        if (!isShort(image.getObjectUri()) || !isShort(image.getSite()) || !isShort(image.getSeriesUid())
                || !isShort(image.getPatientKey())) {
            return Optional.of("Image " + image.getSopInstanceUid() + " has a text of more than " + MAX_TEXT
                    + " characters, which no sound door sends.");
        }
        return problemOf(image.getSopInstanceUid(), image.getCanvas());
    }

    static Optional<String> problemOf(StudyWithdrawn withdrawn) {
        return isUid(withdrawn.getStudyUid()) && isShort(withdrawn.getReason()) && isShort(withdrawn.getBy())
                ? Optional.empty()
                : Optional.of("The withdrawal names no usable study UID, or a text of it is too long.");
    }

    private static Optional<String> problemOf(String image, Canvas canvas) {
        if (canvas.getPng().isEmpty() || canvas.getWidth() < 1 || canvas.getHeight() < 1) {
            return Optional.of("Image " + image + " came without a canvas; it must be rendered again.");
        }
        if (!SHA256.matcher(canvas.getPixelSha256()).matches()) {
            return Optional.of("Image " + image + " names no SHA-256 of its canvas pixels.");
        }
        return isShort(canvas.getUri()) ? Optional.empty() : Optional.of("Image " + image + " has an over-long canvas URI.");
    }

    private static boolean isUid(String uid) {
        return !uid.isBlank() && uid.length() <= MAX_UID;
    }

    private static boolean isShort(String text) {
        return text.length() <= MAX_TEXT;
    }

    private static String shortened(String text) {
        return text.length() <= MAX_UID ? text : text.substring(0, MAX_UID) + "...";
    }
}
