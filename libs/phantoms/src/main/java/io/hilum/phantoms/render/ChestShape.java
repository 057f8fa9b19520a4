package io.hilum.phantoms.render;

import io.hilum.phantoms.Anatomy;
import io.hilum.phantoms.PhantomSpec;
import io.hilum.phantoms.Side;

/**
 * Where chest wall, mediastinum, diaphragm and heart lie. Distances from the midline are called u and counted outwards on
 * each side; all lengths are fractions of the film.
 *
 * <p>Threading: immutable.
 */
final class ChestShape {

    final Anatomy anatomy;
    final double ratio;
    final double angleY;
    final double heartLeft;
    final double heartRight;
    final double heartY;
    final double heartHalfHeight;

    ChestShape(PhantomSpec spec) {
        this.anatomy = spec.anatomy();
        this.ratio = spec.heartRatio();
        this.angleY = anatomy.dome() + anatomy.angleDepth();
        double width = ratio * 2 * anatomy.chestHalf() * 0.97;
        this.heartLeft = width * anatomy.heartLean();
        this.heartRight = width - heartLeft;
        this.heartHalfHeight = 0.105 + 0.16 * ratio;
        this.heartY = anatomy.dome() + 0.03 - heartHalfHeight * 0.72;
    }

    /** u of the inner chest wall at height y; 0 above the apex. */
    double wall(double y) {
        double t = (y - anatomy.apex()) / (angleY - anatomy.apex());
        if (t <= 0) {
            return 0;
        }
        double open = Smooth.power(1 - Smooth.power(1 - Math.min(1, t), 2.6), 0.8);
        double tuck = Math.max(0, t - 0.72);
        return anatomy.chestHalf() * (0.34 + 0.66 * open - 0.22 * tuck * tuck);
    }

    /** u of the lung's border on the mediastinum at height y, the heart not counted. */
    double medial(double y) {
        double t = (y - anatomy.apex()) / (angleY - anatomy.apex());
        double top = Math.max(0, 1 - t / 0.14);
        return anatomy.chestHalf() * (0.15 + 0.19 * top * top);
    }

    /** y of the diaphragm at u on a side. */
    double diaphragm(Side side, double u) {
        double crest = anatomy.dome() + (side == Side.LEFT ? anatomy.leftDrop() * Smooth.step((float) u / 0.12f) : 0);
        double peak = 0.42 * anatomy.chestHalf();
        if (u < peak) {
            double t = (peak - u) / peak;
            return crest + 0.03 * t * t;
        }
        double t = Math.min(1.05, (u - peak) / (anatomy.chestHalf() - peak));
        return crest + (angleY - crest) * Smooth.power(t, 2.8);
    }
}
