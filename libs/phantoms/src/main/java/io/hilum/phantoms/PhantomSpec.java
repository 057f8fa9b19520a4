package io.hilum.phantoms;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is drawn on one film, which is the truth about it. Equal specs give equal films on every machine.
 *
 * @param patient whose film it is
 * @param study number of the study among the patient's, from 0
 * @param studyDate made up
 * @param age in years at the study
 * @param view projection
 * @param device machine
 * @param anatomy body, lesions not counted
 * @param exposure of this film
 * @param marker letters on the film
 * @param lesions at most one of each finding, in the order of {@link Finding}
 */
public record PhantomSpec(Patient patient, int study, LocalDate studyDate, int age, View view, Device device,
                          Anatomy anatomy, Exposure exposure, Marker marker, List<Lesion> lesions) {

    public PhantomSpec {
        lesions = List.copyOf(lesions);
    }

    /** Whether a finding is on the film. */
    public boolean has(Finding finding) {
        return lesion(finding).isPresent();
    }

    /** The lesion of a finding, if there is one. */
    public Optional<Lesion> lesion(Finding finding) {
        return lesions.stream().filter(l -> l.finding() == finding).findFirst();
    }

    /** 1 where the finding is on the film, else 0; in the order of {@link Finding}. */
    public float[] labels() {
        float[] labels = new float[Finding.values().length];
        for (Lesion lesion : lesions) {
            labels[lesion.finding().ordinal()] = 1;
        }
        return labels;
    }

    /** The cardiothoracic ratio drawn: that of the lesion if there is one. */
    public double heartRatio() {
        return lesion(Finding.CARDIOMEGALY).map(l -> ((Lesion.Cardiomegaly) l).ratio()).orElse(anatomy.ratio());
    }
}
