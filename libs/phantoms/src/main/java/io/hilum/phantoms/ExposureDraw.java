package io.hilum.phantoms;

/** Draws how a film was exposed and marked; knows nothing of lesions. */
final class ExposureDraw {

    private ExposureDraw() {
    }

    static Exposure draw(Preset preset, Device device, PhantomRandom random) {
        return new Exposure(
                random.normal(0, 0.03, -0.08, 0.08),
                device.contrast() * random.normal(1, 0.05, 0.85, 1.15),
                device.gamma() * random.normal(1, 0.05, 0.85, 1.15),
                device.noise() * random.uniform(0.7, 1.4),
                preset.scatter() + random.uniform(0.02, 0.12),
                device.blur() * random.uniform(0.8, 1.3),
                random.normal(0, 0.02, -0.05, 0.05),
                random.normal(0, 0.02, -0.05, 0.05),
                random.chance(0.4) ? random.uniform(0.008, 0.035) : 0,
                random.nextLong());
    }

    static Marker marker(View view, PhantomRandom random) {
        String side = random.chance(0.6) ? "L" : "R";
        String text = random.chance(0.25) ? side + view.name() : side;
        double height = random.uniform(0.03, 0.05);
        double width = height * Marker.WIDTH * text.length();
        double margin = random.uniform(0.045, 0.09);
        return new Marker(text, side.equals("L") ? 1 - margin - width : margin, random.uniform(0.03, 0.16), height,
                random.uniform(0.85, 1.0));
    }
}
