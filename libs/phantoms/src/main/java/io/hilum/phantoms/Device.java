package io.hilum.phantoms;

/**
 * A made-up X-ray machine and its habits, which the films of it share.
 *
 * @param manufacturer DICOM (0008,0070)
 * @param model DICOM (0008,1090)
 * @param serial DICOM (0018,1000)
 * @param gamma its tone curve
 * @param contrast its slope
 * @param noise its quantum noise at 256 pixels a side, share of the full scale
 * @param blur its unsharpness, fraction of the film's width
 * @param monochrome1 whether it stores bright as low (MONOCHROME1)
 * @param pixelSpacing imager pixel spacing in millimetres for a film of 1024 pixels
 */
public record Device(String manufacturer, String model, String serial, double gamma, double contrast, double noise,
                     double blur, boolean monochrome1, double pixelSpacing) {
}
