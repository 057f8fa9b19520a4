package io.hilum.phantoms;

/**
 * One lesion as drawn. Positions are fractions of the film; strengths are dimensionless shares (0 = invisible, 1 = all air
 * replaced, or all lung tissue gone).
 */
public sealed interface Lesion {

    /** The finding that this lesion is an instance of. */
    Finding finding();

    /**
     * Air between lung and chest wall: a rim without lung markings, bounded by the pleural line.
     *
     * @param side which lung
     * @param rim greatest width of the rim, fraction of the film's width
     * @param reach how far down the rim reaches, share of the lung's height
     * @param strength how much darker than aerated lung the rim is, 0..1
     */
    record Pneumothorax(Side side, double rim, double reach, double strength) implements Lesion {
        @Override
        public Finding finding() {
            return Finding.PNEUMOTHORAX;
        }
    }

    /**
     * Fluid at the base with a meniscus that rises at the chest wall.
     *
     * @param side which lung
     * @param level height of the fluid above the costophrenic angle at the wall, share of the lung's height
     * @param strength share of the air that the fluid hides, 0..1
     */
    record Effusion(Side side, double level, double strength) implements Lesion {
        @Override
        public Finding finding() {
            return Finding.EFFUSION;
        }
    }

    /**
     * A round density in the lung.
     *
     * @param x centre, fraction of the film's width
     * @param y centre, fraction of the film's height
     * @param radius fraction of the film's width
     * @param strength density relative to the air's contrast, 0..1
     */
    record Nodule(double x, double y, double radius, double strength) implements Lesion {
        @Override
        public Finding finding() {
            return Finding.NODULE;
        }
    }

    /**
     * A heart that is too wide.
     *
     * @param ratio cardiothoracic ratio drawn
     */
    record Cardiomegaly(double ratio) implements Lesion {
        @Override
        public Finding finding() {
            return Finding.CARDIOMEGALY;
        }
    }

    /**
     * A patchy cloud of airless lung.
     *
     * @param x centre, fraction of the film's width
     * @param y centre, fraction of the film's height
     * @param radiusX half width of the region
     * @param radiusY half height of the region
     * @param strength share of the air replaced where the cloud is densest, 0..1
     * @param textureSeed shape of the patches
     */
    record Consolidation(double x, double y, double radiusX, double radiusY, double strength, long textureSeed) implements Lesion {
        @Override
        public Finding finding() {
            return Finding.CONSOLIDATION;
        }
    }
}
