package io.hilum.contracts.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.contracts.event.Slot;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusKeyTest {

    @Test
    void mixesUpNoSlotsAndNoKeysOfOldInstances() {
        StatusKey staged = new StatusKey("node-1", "chest", Slot.STAGED);
        assertEquals("node-1/chest/staged", staged.text());
        assertEquals(Optional.of(staged), StatusKey.parse(staged.text()));
        StatusKey old = new StatusKey("rack/node-1", "chest", Slot.SLOT_UNSPECIFIED);
        assertEquals(Optional.of(old), StatusKey.parse(old.text()));
        StatusKey lineOfThatName = new StatusKey("node-1", "active", Slot.SLOT_UNSPECIFIED);
        assertEquals(Optional.of(lineOfThatName), StatusKey.parse("node-1/active"));
    }

    @Test
    void takesNoOtherTextForAKey() {
        for (String text : new String[] {null, "", "node", "/chest"}) {
            assertEquals(Optional.empty(), StatusKey.parse(text));
        }
    }
}
