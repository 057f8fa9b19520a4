package io.hilum.trainer.pretrain;

import java.util.random.RandomGenerator;

/**
 * Draws which patches of a film the student does not see: rectangles, until the share is reached (block-wise masking;
 * eva-x-reference.md, section 3). A rectangle has {@code smallest} to all remaining patches, a log-uniform aspect from 0.3 to
 * 1/0.3, never a whole side of the film, and ten tries to add at least one patch and none too many.
 *
 * <p>When ten tries fail, the reference's generator may stop short of the share. Here every mask has exactly {@code count}
 * patches: what is missing is added patch by patch at the rim of what is masked. So every film weighs alike in a batch's
 * mean, the ratio that was asked for is the ratio that was used, and no lone patch appears that its neighbours give away.
 *
 * @param grid patches a side
 * @param count masked patches of a film
 * @param smallest patches of a rectangle while as many remain
 */
public record BlockMask(int grid, int count, int smallest) {
    private static final int SMALLEST_AT_14 = 16;
    private static final int PATCHES_AT_14 = 14 * 14;
    private static final double WIDEST = Math.log(1 / 0.3);
    private static final int TRIES = 10;

    public BlockMask {
        if (grid < 2 || count < 1 || count >= grid * grid || smallest < 1) {
            throw new IllegalArgumentException(
                "A mask of %d of %d x %d patches (rectangles from %d) leaves nothing to guess or nothing to see."
                    .formatted(count, grid, grid, smallest));
        }
    }

    /**
     * The published mask: at 224 pixels rectangles from 16 of the 196 patches, ratio 0.3 being 59. On another grid the smallest
     * rectangle keeps its share of the film (8 %: 5 of 64 patches at 128 pixels), because 16 patches would be a quarter
     * of a small film and leave no room for a second rectangle.
     *
     * @param ratio share of patches, in (0, 1)
     */
    public static BlockMask of(int grid, double ratio) {
        int patches = grid * grid;
        return new BlockMask(grid, (int) Math.round(ratio * patches),
            Math.max(1, Math.round((float) SMALLEST_AT_14 * patches / PATCHES_AT_14)));
    }

    /** Writes one film's mask [G * G] into {@code to} from {@code at}: 1 where masked. Same generator, same mask. */
    public void draw(RandomGenerator random, byte[] to, int at) {
        java.util.Arrays.fill(to, at, at + grid * grid, (byte) 0);
        int left = count;
        while (left > 0) {
            int added = rectangle(random, to, at, left);
            if (added == 0) {
                break;
            }
            left -= added;
        }
        while (left > 0) {
            rim(random, to, at);
            left--;
        }
    }

    /** @return patches that were not masked before; 0 when ten tries found no place */
    private int rectangle(RandomGenerator random, byte[] mask, int at, int left) {
        for (int i = 0; i < TRIES; i++) {
            double area = smallest == left ? left : random.nextDouble(Math.min(smallest, left), Math.max(smallest, left));
            double aspect = Math.exp(random.nextDouble(-WIDEST, WIDEST));
            int h = (int) Math.round(Math.sqrt(area * aspect));
            int w = (int) Math.round(Math.sqrt(area / aspect));
            if (h < 1 || w < 1 || h >= grid || w >= grid) {
                continue;
            }
            int top = random.nextInt(grid - h + 1);
            int first = at + top * grid + random.nextInt(grid - w + 1);
            int fresh = h * w - sum(mask, first, h, w);
            if (fresh > 0 && fresh <= left) {
                for (int r = 0; r < h; r++) {
                    java.util.Arrays.fill(mask, first + r * grid, first + r * grid + w, (byte) 1);
                }
                return fresh;
            }
        }
        return 0;
    }

    private int sum(byte[] mask, int first, int h, int w) {
        int sum = 0;
        for (int r = 0; r < h; r++) {
            for (int c = 0; c < w; c++) {
                sum += mask[first + r * grid + c];
            }
        }
        return sum;
    }

    /** Masks one patch that is not masked yet and has a masked neighbour, each with the same chance; any patch on an empty film. */
    private void rim(RandomGenerator random, byte[] mask, int at) {
        int seen = 0;
        int chosen = random.nextInt(grid * grid);
        for (int i = 0; i < grid * grid; i++) {
            if (mask[at + i] == 0 && beside(mask, at, i) && random.nextInt(++seen) == 0) {
                chosen = i;
            }
        }
        mask[at + chosen] = 1;
    }

    private boolean beside(byte[] mask, int at, int i) {
        int r = i / grid;
        int c = i % grid;
        return r > 0 && mask[at + i - grid] == 1 || r < grid - 1 && mask[at + i + grid] == 1
            || c > 0 && mask[at + i - 1] == 1 || c < grid - 1 && mask[at + i + 1] == 1;
    }
}
