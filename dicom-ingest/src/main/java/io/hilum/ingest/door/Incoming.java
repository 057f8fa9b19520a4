package io.hilum.ingest.door;

import io.hilum.imaging.net.FileMeta;
import java.io.InputStream;

/**
 * An object at the door.
 *
 * @param way how it comes
 * @param sender calling AE title, STOW client or file name, for the administrator
 * @param meta what the sender says it is; the data set must agree
 * @param studyUid the study it must belong to (STOW-RS to a study); null for any
 * @param dataSet its bytes in the meta's transfer syntax, without file header, while they arrive
 */
public record Incoming(Way way, String sender, FileMeta meta, String studyUid, InputStream dataSet) {}
