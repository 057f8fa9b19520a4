package io.hilum.contracts.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The design's table of topics. */
class TopicsTest {

    @Test
    void forgetsNoTopicInTheListThatIsCreatedAndChecked() {
        Set<Object> declared = Arrays.stream(Topics.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Topic.class)
                .map(field -> {
                    try {
                        return field.get(null);
                    } catch (IllegalAccessException impossible) {
                        throw new AssertionError(impossible);
                    }
                })
                .collect(Collectors.toSet());
        assertEquals(declared, Set.copyOf(Topics.ALL));
        assertEquals(13, Topics.ALL.stream().map(Topic::name).distinct().count());
    }

    @Test
    void keepsForEverWhatCannotBeMadeAgain() {
        for (Topic topic : Set.of(Topics.LABELS, Topics.DECISIONS)) {
            assertEquals("-1", TopicSettings.of(topic, 1).get("retention.ms"), topic.name());
            assertEquals("delete", TopicSettings.of(topic, 1).get("cleanup.policy"), topic.name());
        }
    }

    @Test
    void meetsTheImagesOfAStudyInOneTask() {
        for (Topic topic : Set.of(Topics.IMAGES, Topics.IMAGES_STAT, Topics.FINDINGS, Topics.STUDIES, Topics.LABELS)) {
            assertTrue(topic.scaled(), topic.name());
            assertEquals("study UID", topic.key(), topic.name());
        }
    }

    @Test
    void letsNobodyButResultsSinkReadNames() {
        assertEquals(Set.of("results-sink"), Topics.STUDIES.readers());
    }

    @Test
    void hasOneWriterExceptForWhatWentWrong() {
        for (Topic topic : Topics.ALL) {
            assertEquals(topic.equals(Topics.DEAD_LETTERS) ? 2 : 1, topic.writers().size(), topic.name());
        }
    }

    @Test
    void countsARecordOnAClusterOnlyWhenTwoCopiesHaveIt() {
        assertEquals("2", TopicSettings.of(Topics.IMAGES, 3).get("min.insync.replicas"));
        assertEquals(Map.of("cleanup.policy", "compact", "max.message.bytes", "8388608"), TopicSettings.of(Topics.STUDIES, 1));
    }
}
