package io.hilum.trainer.experiment;

import java.util.Locale;

/** What a fine-tuning begins with. */
enum Arm {
    /** Weights drawn from the run's seed. */
    SCRATCH,
    /** The body of the one pre-training run; only the head (and the norm before it) is new. */
    PRETRAINED;

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In sentences and legends. */
    String words() {
        return this == SCRATCH ? "from scratch" : "pre-trained";
    }
}
