package io.hilum.phantoms;

import java.util.List;

/**
 * Where the films come from.
 *
 * <p>{@link #STANDARD} is what the demo model is trained and tested on. {@link #SHIFTED} is another hospital: other machines
 * and tone curves, noisier and less sharp films, other body proportions, more films taken lying. It tells what a change of
 * place costs.
 */
public enum Preset {
    STANDARD(0.35, List.of(
            new Device("Albion Imaging", "Meridian DR", "AI-2104", 1.00, 1.00, 0.008, 0.0020, false, 0.400),
            new Device("Nordlicht Medical", "Polar 43", "NM-0077", 0.92, 1.06, 0.012, 0.0026, false, 0.420),
            new Device("Kestrel X-Ray", "Hover Mobile", "KX-5512", 1.08, 0.92, 0.016, 0.0034, true, 0.342)), 1.0, 0.0),
    SHIFTED(0.60, List.of(
            new Device("Cormorant Systems", "Delta Portable", "CS-0903", 1.28, 0.82, 0.028, 0.0055, false, 0.400),
            new Device("Brightwater Radiology", "Lumen II", "BR-3340", 0.78, 1.20, 0.022, 0.0045, true, 0.390)), 0.92, 0.05);

    private final double apShare;
    private final List<Device> devices;
    private final double chestScale;
    private final double scatter;

    Preset(double apShare, List<Device> devices, double chestScale, double scatter) {
        this.apShare = apShare;
        this.devices = devices;
        this.chestScale = chestScale;
        this.scatter = scatter;
    }

    /** Probability of an AP film. */
    public double apShare() {
        return apShare;
    }

    /** The machines of the place; each film is taken by one of them with equal probability. */
    public List<Device> devices() {
        return devices;
    }

    /** Factor on the chest's width. */
    public double chestScale() {
        return chestScale;
    }

    /** Scatter added to every film, 0..1. */
    public double scatter() {
        return scatter;
    }
}
