package io.hilum.k8s.containers;

import java.util.List;

/**
 * What the broker has acknowledged of one study.
 *
 * @param study its UID
 * @param images SOP Instance UIDs in the order in which they were sent
 * @param during what was done to the cluster meanwhile, for the sentence of a difference
 */
record SentStudy(String study, List<String> images, String during) {

    SentStudy {
        images = List.copyOf(images);
    }
}
