package io.hilum.ingest.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hilum.contracts.event.ImageFindings;
import io.hilum.contracts.event.Scope;
import io.hilum.contracts.event.StudyFindings;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingsReaderTest {

    @Test
    void takesNoImageThatCouldNotBeScoredForAnswered() {
        StudyFindings study = StudyFindings.newBuilder()
                .addImages(image("1", Scope.IN_SCOPE))
                .addImages(image("2", Scope.NOT_SCORED))
                .addImages(image("3", Scope.OUT_OF_SCOPE))
                .build();
        assertEquals(Set.of("1-abcd", "3-abcd"), FindingsReader.answered(study));
    }

    private static ImageFindings image(String sop, Scope scope) {
        return ImageFindings.newBuilder().setSopInstanceUid(sop).setObjectSha256("abcd").setScope(scope).build();
    }
}
