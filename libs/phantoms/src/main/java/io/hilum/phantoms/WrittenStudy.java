package io.hilum.phantoms;

import java.nio.file.Path;

/**
 * A phantom study on disk.
 *
 * @param file DICOM file
 * @param studyUid Study Instance UID
 * @param sopUid SOP Instance UID
 * @param spec what is on the film
 */
public record WrittenStudy(Path file, String studyUid, String sopUid, PhantomSpec spec) {
}
