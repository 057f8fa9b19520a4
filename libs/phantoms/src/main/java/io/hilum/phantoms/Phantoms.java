package io.hilum.phantoms;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Folders of phantom studies, for the demo, for tests and for load. */
public final class Phantoms {

    /** Rows and columns of a film unless said otherwise. */
    public static final int DEFAULT_SIZE = 1024;
    /** What is on each film, beside the films. */
    public static final String TRUTH_FILE = "truth.csv";

    private Phantoms() {
    }

    /** As {@link #writeStudies(Path, int, long, Preset, int)}, of the standard place and size. */
    public static List<WrittenStudy> writeStudies(Path folder, int count, long seed) throws IOException {
        return writeStudies(folder, count, seed, Preset.STANDARD, DEFAULT_SIZE);
    }

    /**
     * Writes studies of one film each, of patients whom no training set holds, and {@value #TRUTH_FILE} with the findings and
     * their boxes. Equal arguments write equal files with equal UIDs.
     *
     * @param folder made if it is not there
     * @param size rows and columns of the films
     * @throws IOException when the folder cannot be written
     */
    public static List<WrittenStudy> writeStudies(Path folder, int count, long seed, Preset preset, int size)
            throws IOException {
        Files.createDirectories(folder);
        List<WrittenStudy> written = new ArrayList<>();
        StringBuilder truth = new StringBuilder("file,study_uid,patient_id,view,finding,x,y,width,height\n");
        Iterator<PhantomSpec> films = new PhantomCohort(preset, seed).films(Split.TEST).iterator();
        for (int i = 0; i < count; i++) {
            PhantomSpec spec = films.next();
            Path file = folder.resolve(String.format("phantom-%05d.dcm", i + 1));
            Files.write(file, PhantomDicom.file(spec, size));
            WrittenStudy study = new WrittenStudy(file, PhantomUids.study(spec), PhantomUids.image(spec), spec);
            written.add(study);
            truth.append(lines(study));
        }
        Files.writeString(folder.resolve(TRUTH_FILE), truth, StandardCharsets.UTF_8);
        return written;
    }

    private static String lines(WrittenStudy study) {
        PhantomSpec spec = study.spec();
        String head = study.file().getFileName() + "," + study.studyUid() + "," + spec.patient().id() + "," + spec.view() + ",";
        if (spec.lesions().isEmpty()) {
            return head + "none,,,,\n";
        }
        StringBuilder lines = new StringBuilder();
        for (Lesion lesion : spec.lesions()) {
            String box = PhantomTruth.box(spec, lesion.finding()).map(b -> String.format(Locale.ROOT, "%.4f,%.4f,%.4f,%.4f",
                    b.x(), b.y(), b.width(), b.height())).orElse(",,,");
            lines.append(head).append(lesion.finding().label()).append(',').append(box).append('\n');
        }
        return lines.toString();
    }
}
