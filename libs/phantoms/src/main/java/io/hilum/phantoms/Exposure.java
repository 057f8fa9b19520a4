package io.hilum.phantoms;

/**
 * How one film was exposed and shown; drawn per film around the device's habits.
 *
 * @param brightness shift of all grey values, 0 = average
 * @param contrast slope around middle grey, 1 = average
 * @param gamma curvature of the tone curve, 1 = straight
 * @param noise standard deviation of the quantum noise at 256 pixels a side, share of the full scale
 * @param scatter share of the signal that scattered light veils, 0..1
 * @param blur unsharpness, fraction of the film's width
 * @param tiltX shading from left to right, share of the full scale
 * @param tiltY shading from top to bottom
 * @param collimation width of the unexposed border, fraction of the film
 * @param seed noise of this film
 */
public record Exposure(double brightness, double contrast, double gamma, double noise, double scatter, double blur,
                       double tiltX, double tiltY, double collimation, long seed) {
}
