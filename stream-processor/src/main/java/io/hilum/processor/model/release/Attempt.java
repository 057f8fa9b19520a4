package io.hilum.processor.model.release;

import io.hilum.contracts.event.ModelState;

/**
 * What came of trying a bundle.
 *
 * @param state LOADED, SERVING, REFUSED or UNREACHABLE
 * @param engine who computes it, empty where nobody does
 * @param reason why not, as a sentence
 */
record Attempt(ModelState state, String engine, String reason) {

    static Attempt failed(ModelState state, String reason) {
        return new Attempt(state, "", reason);
    }
}
