package io.hilum.ingest.publish;

import io.hilum.contracts.event.DeadLetter;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyReceived;
import io.hilum.contracts.topic.Topic;

/** What is to be said of one journal entry, ready to be sent. */
sealed interface Announcement {

    /** @param topic hilum.images or hilum.images-stat */
    record Film(Topic topic, StudyReceived study, ImageReceived image) implements Announcement {}

    /** The film cannot be rendered. */
    record Quarantine(DeadLetter letter) implements Announcement {}
}
