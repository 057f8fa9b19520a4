package io.hilum.phantoms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomDicomTest {

    private static final List<PhantomSpec> FILMS = new PhantomCohort(Preset.STANDARD, 5).films(Split.TEST).limit(12).toList();

    @TempDir
    Path folder;

    @Test
    void neverPassesForAFilmOfAPerson() {
        for (PhantomSpec film : FILMS) {
            Attributes d = PhantomDicom.dataset(film, 64);
            assertEquals("YES", d.string(Tag.SYNTHETIC_DATA, ""));
            assertEquals("CHEST", d.string(Tag.BODY_PART_EXAMINED, ""));
            assertEquals(film.view().name(), d.string(Tag.VIEW_POSITION, ""));
        }
    }

    @Test
    void givesNoTwoStudiesOneUid() {
        List<PhantomSpec> films = new PhantomCohort(Preset.STANDARD, 5).films(Split.TEST).limit(500).toList();
        assertEquals(500, films.stream().map(PhantomUids::study).distinct().count());
        assertEquals(1500, films.stream().flatMap(f -> java.util.stream.Stream.of(PhantomUids.study(f), PhantomUids.series(f),
                PhantomUids.image(f))).peek(uid -> assertTrue(uid.length() <= 64, uid)).distinct().count());
    }

    @Test
    void keepsPatientsApartThatOneFolderHolds() throws IOException {
        List<WrittenStudy> studies = Phantoms.writeStudies(folder, 6, 9, Preset.STANDARD, 64);
        assertEquals(6, studies.stream().map(WrittenStudy::studyUid).distinct().count());
        String truth = Files.readString(folder.resolve(Phantoms.TRUTH_FILE));
        for (WrittenStudy study : studies) {
            assertEquals(Split.TEST, study.spec().patient().split());
            assertTrue(truth.contains(study.studyUid()), "the truth file says nothing of " + study.file());
        }
    }

    @Test
    void passesTheValidatorsOfOtherPeople() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dciodvfy")), "SKIPPED: dciodvfy (Debian's dicom3tools) is not installed");
        for (PhantomSpec film : FILMS.subList(0, 4)) {
            Path file = folder.resolve("film.dcm");
            Files.write(file, PhantomDicom.file(film, 64));
            Process process = new ProcessBuilder("/usr/bin/dciodvfy", file.toString()).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            process.waitFor();
            // Synthetic Data is younger than Debian's validator.
            String errors = said.lines().filter(line -> line.startsWith("Error") && !line.contains("(0x0008,0x001c)"))
                    .collect(Collectors.joining("\n"));
            assertTrue(errors.isEmpty(), errors);
            assertFalse(said.isBlank());
        }
    }
}
