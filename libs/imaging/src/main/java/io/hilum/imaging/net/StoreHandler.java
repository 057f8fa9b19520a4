package io.hilum.imaging.net;

import java.io.IOException;
import java.io.InputStream;

/**
 * Takes one received data set.
 *
 * <p>Threading: called by the association's own thread, so by many at the same time.
 */
@FunctionalInterface
public interface StoreHandler {

    /**
     * Takes the data set, durably if it answers success. It may return before the stream's end, e.g. to refuse:
     * the rest is then read and forgotten.
     *
     * @param dataSet the data set's bytes in the request's transfer syntax, without file header, while they arrive.
     *     An abort in the middle is an {@link AssociationException} from {@code read}: let it pass, and keep
     *     nothing of the object
     * @throws IOException a failure of our own is answered with 0x0110 (processing failure)
     */
    StoreResponse store(StoreRequest request, InputStream dataSet) throws IOException;
}
