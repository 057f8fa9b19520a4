package io.hilum.benchmarks.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.inference.InferenceEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real DICOM files through the door's renderer and the engine, their PNGs through the trainer. */
class DoorShiftTest {

    @Test
    void scoresNoFilmOtherwiseBecauseItCameAsDicom(@TempDir Path work) throws Exception {
        Path data = Path.of(System.getProperty("hilum.shared", "../shared"), "data");
        assumeTrue(Files.isDirectory(data.resolve("dicom")), "SKIPPED: there are no DICOM files at " + data + " (-Dhilum.shared=DIR)");
        DemoModel demo = DemoModel.open(Path.of(System.getProperty("hilum.root")), work);
        try (InferenceEngine engine = EngineFactory.openUnproven(demo.fp32(), demo.card(), EngineOptions.defaults())) {
            DoorShift shift = DoorShift.measure(engine, demo, data, 2);
            System.out.println(shift);
            assertEquals(40, shift.files());
            assertEquals(List.of(), shift.refused());
            assertTrue(shift.median() > 0, "the two ways are one: nothing was compared");
            assertTrue(shift.holds(), shift.toString());
        }
    }
}
