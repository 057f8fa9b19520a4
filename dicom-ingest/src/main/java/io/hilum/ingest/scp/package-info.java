/** The DICOM network door. */
package io.hilum.ingest.scp;
