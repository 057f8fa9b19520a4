package io.hilum.quickstart.letters;

import io.hilum.contracts.event.DeadLetter;

/** What an administrator does about a letter. */
public final class Advice {

    private Advice() {}

    /** One or two sentences. */
    public static String of(Letter letter) {
        DeadLetter body = letter.body();
        String replay = "./hilum dead-letters replay " + letter.id();
        return switch (body.getKind()) {
            case REFUSED_AT_DOOR -> "Nothing is stored here: its sender got the same sentence and must send it again once the"
                    + " cause is gone.";
            case QUARANTINED -> "The object is stored. After an update that can render it: " + replay + " --door URL of dicom-ingest.";
            case UNPROCESSABLE_RECORD, DEAD_LETTER_KIND_UNSPECIFIED, UNRECOGNIZED -> ofRecord(letter, replay);
        };
    }

    private static String ofRecord(Letter letter, String replay) {
        return switch (letter.body().getCauseCode()) {
            case "inference-failed" -> "When the engine or model is mended: " + replay + ". The study says NOT_SCORED until then.";
            case "unusable-canvas" -> "The canvas in the event is broken. When the renderer is mended, let dicom-ingest render"
                    + " it again: ./hilum reconcile.";
            case "unreadable-record", "unexpected-event", "invalid-event" -> "Find the writer that sent it, and stop or update"
                    + " it. After an update of stream-processor that can read it: " + replay + ".";
            case "empty-record" -> "Find the writer that sent it. There is nothing to replay.";
            case "misplaced-event" -> letter.body().getSopInstanceUid().isEmpty()
                    ? "Find the writer that sent it; withdraw the study again under its own UID."
                    : "Find the writer that sent it under another key; " + replay + " sends the image under its study UID.";
            case "study-withdrawn" -> "Nothing, unless the withdrawal was wrong: a withdrawn study takes no images.";
            case "too-many-images" -> "Raise study.max-images where the study really has so many, then: " + replay + ".";
            case "revision-too-large" -> "Lower engine.heat-maps or study.max-images of stream-processor, then: " + replay + ".";
            case "merge-failed" -> letter.isOfRecord()
                    ? "A defect of stream-processor: report it with detail and log. After an update: " + replay + "."
                    : "A defect of stream-processor: report it with detail and log.";
            default -> letter.isOfRecord() ? "When the cause is gone: " + replay + "." : "When the cause is gone, nothing else"
                    + " is to be done.";
        };
    }
}
