/**
 * DICOM in, events out. A study's way: {@link io.hilum.ingest.door.Door} (C-STORE, STOW-RS or folder; checked, stored,
 * journalled, then acknowledged), {@link io.hilum.ingest.journal.Journal}, {@link io.hilum.ingest.publish.Publisher}
 * (rendered once, announced at least once).
 */
package io.hilum.ingest;
