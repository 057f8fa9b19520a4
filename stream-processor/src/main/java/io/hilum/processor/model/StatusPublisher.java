package io.hilum.processor.model;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.contracts.event.ModelState;

/** Tells the house what this instance made of a release. */
@FunctionalInterface
interface StatusPublisher {

    /**
     * @param release the release that this is about
     * @param bundle which of its slots
     * @param engine who computes, empty where nothing was loaded
     * @param reason why, where it was refused, as a sentence
     */
    void publish(ModelRelease release, BundlePointer bundle, ModelState state, String engine, String reason);
}
