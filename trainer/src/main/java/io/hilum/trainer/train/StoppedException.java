package io.hilum.trainer.train;

import java.io.IOException;

/** A training that was asked to stop has saved and can be taken up again. */
public final class StoppedException extends IOException {
    private static final long serialVersionUID = 1;

    StoppedException(String sentence) {
        super(sentence);
    }
}
