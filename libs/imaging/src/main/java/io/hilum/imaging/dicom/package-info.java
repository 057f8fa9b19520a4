/**
 * DICOM files and datasets: bytes to and from {@link io.hilum.imaging.dicom.Attributes}, and stored pixel values
 * (PS3.3, PS3.5, PS3.6, PS3.10). What cannot be read is refused with a
 * {@link io.hilum.imaging.dicom.DicomException}: a stable {@link io.hilum.imaging.dicom.DicomFault} and a sentence.
 */
package io.hilum.imaging.dicom;
