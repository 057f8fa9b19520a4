package io.hilum.trainer.pretrain;

import io.hilum.model.Architecture;
import io.hilum.trainer.data.BatchLoader;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.RandomStream;
import java.nio.ByteBuffer;

/**
 * The batches of a pre-training, step by step, each with its masks. Everything follows from the seed and the step, so a
 * training that was killed goes on with the very batches that it would have seen. Any thread.
 */
final class PretrainBatches {
    /** How masks are drawn; a training that was begun with another way does not go on. The first repeated masks between steps. */
    static final int SCHEME = 2;
    private static final long MASKS = 0x6d61736b;

    private final BatchLoader loader;
    private final BlockMask mask;
    private final long seed;
    private final int batch;

    /**
     * @param images [B * S * S] grey bytes, direct
     * @param masks [B * G * G], 1 where masked
     */
    record MaskedBatch(ByteBuffer images, byte[] masks) {}

    PretrainBatches(PretrainOptions options, FilmSelection films) {
        this.loader = new BatchLoader(films, options.size(), options.batch(), options.augmentation(), options.seed(), false);
        this.mask = BlockMask.of(Architecture.grid(options.size()), options.maskRatio());
        this.seed = options.seed();
        this.batch = options.batch();
        if (loader.batches() < 1) {
            throw new IllegalArgumentException("%d films do not fill one batch of %d; lower --batch.".formatted(films.films(), batch));
        }
    }

    BlockMask mask() {
        return mask;
    }

    /** Batches of one pass over the films. */
    int perEpoch() {
        return loader.batches();
    }

    MaskedBatch at(long step) {
        ByteBuffer images = loader.at(step).images();
        int patches = mask.grid() * mask.grid();
        byte[] masks = new byte[batch * patches];
        for (int b = 0; b < batch; b++) {
            mask.draw(RandomStream.at(seed ^ MASKS, step, b), masks, b * patches);
        }
        return new MaskedBatch(images, masks);
    }

    /** Lets the memory of a batch that is done with be used again. */
    void giveBack(MaskedBatch done) {
        loader.giveBack(done.images());
    }
}
