package io.hilum.phantoms;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An endless list of made-up patients, each with one to three studies of one film.
 *
 * <p>Sex, age, view, device, marker, exposure and every lesion are drawn from generators of their own, so none of them tells
 * anything about another. The one exception is anatomy proper: sex shapes the body and an AP film widens the heart and lifts
 * the diaphragm, as in people.
 *
 * <p>Threading: immutable; share freely.
 */
public final class PhantomCohort {

    private final Preset preset;
    private final PhantomRandom root;
    private final LesionDraw lesions;

    /**
     * Lesions of all strengths.
     *
     * @param preset where the films come from
     * @param seed equal seeds give equal patients
     */
    public PhantomCohort(Preset preset, long seed) {
        this(preset, seed, 0);
    }

    /**
     * @param plain 0 for lesions of all strengths; up to 1 for plain ones only, as a network that knows nothing yet needs them
     */
    public PhantomCohort(Preset preset, long seed, double plain) {
        this.preset = preset;
        this.root = new PhantomRandom(seed).fork("cohort-" + preset.name());
        this.lesions = new LesionDraw(plain);
    }

    /** The index-th patient. */
    public Patient patient(long index) {
        PhantomRandom random = root.fork("patient", index);
        long key = random.fork("key").nextLong();
        Sex sex = random.fork("sex").chance(0.5) ? Sex.FEMALE : Sex.MALE;
        PhantomRandom birth = random.fork("birth");
        LocalDate born = LocalDate.of(2026, 1, 1).minusDays((long) birth.uniform(20 * 365.25, 92 * 365.25));
        int studies = 1 + random.fork("studies").below(3);
        String id = "PH" + String.format("%010d", Long.remainderUnsigned(key, 10_000_000_000L));
        return new Patient(key, id, PhantomNames.draw(sex, random.fork("name")), sex, born, studies);
    }

    /** The films of the index-th patient, one a study. */
    public List<PhantomSpec> films(long index) {
        Patient patient = patient(index);
        return IntStream.range(0, patient.studies()).mapToObj(study -> film(patient, index, study)).toList();
    }

    /** All films of patients in a split, in a fixed order, without end. */
    public Stream<PhantomSpec> films(Split split) {
        return LongStream.iterate(0, i -> i + 1).filter(i -> patient(i).split() == split).boxed().flatMap(i -> films(i).stream());
    }

    private PhantomSpec film(Patient patient, long index, int study) {
        PhantomRandom body = root.fork("patient", index).fork("body");
        PhantomRandom random = root.fork("patient", index).fork("study", study);
        View view = random.fork("view").chance(preset.apShare()) ? View.AP : View.PA;
        Device device = preset.devices().get(random.fork("device").below(preset.devices().size()));
        LocalDate first = LocalDate.of(2026, 1, 5);
        LocalDate date = first.plusDays(study * 40L + random.fork("date").below(40));
        int age = (int) ChronoUnit.YEARS.between(patient.birthDate(), date);
        Anatomy anatomy = AnatomyDraw.draw(preset, patient.sex(), view, body, random.fork("posture"));
        return new PhantomSpec(patient, study, date, age, view, device, anatomy,
                ExposureDraw.draw(preset, device, random.fork("exposure")),
                ExposureDraw.marker(view, random.fork("marker")),
                lesions.draw(anatomy, view, random.fork("lesions")));
    }
}
