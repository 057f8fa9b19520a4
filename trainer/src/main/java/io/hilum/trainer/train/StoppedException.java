package io.hilum.trainer.train;

import java.io.IOException;

/** A training that was asked to stop has saved and can be taken up again. */
public final class StoppedException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param sentence what was saved where, and how to go on */
    public StoppedException(String sentence) {
        super(sentence);
    }
}
