/** The DICOMweb door: STOW-RS, PS3.18 section 10.5. */
package io.hilum.ingest.stow;
