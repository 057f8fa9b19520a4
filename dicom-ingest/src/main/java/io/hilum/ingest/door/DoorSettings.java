package io.hilum.ingest.door;

import io.hilum.imaging.dicom.DicomLimits;
import java.util.Set;

/**
 * What the door needs to know.
 *
 * @param site where the images come from; part of object keys and events: letters, digits, dot, dash, underscore
 * @param limits of one object
 * @param transferSyntaxes UIDs that can be rendered
 */
public record DoorSettings(String site, DicomLimits limits, Set<String> transferSyntaxes) {

    public DoorSettings {
        transferSyntaxes = Set.copyOf(transferSyntaxes);
        if (!site.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException("hilum.ingest.site is '" + site + "'; it may hold letters, digits, dot, "
                    + "dash and underscore, 64 at most, because it is part of every object's key.");
        }
    }
}
