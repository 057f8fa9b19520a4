package io.hilum.ingest.admin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A quarantined film as the administrator's list shows it: accepted and stored, but it cannot be rendered.
 *
 * @param at ISO 8601
 * @param sender calling AE title, STOW client or file name
 * @param causeCode short stable word
 * @param cause what is wrong with it
 * @param objectKey the object in the store
 * @param objectUri the object in the store
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record QuarantineRecord(
        String at,
        String sender,
        String causeCode,
        String cause,
        String studyUid,
        String sopInstanceUid,
        String objectKey,
        String objectUri) {}
