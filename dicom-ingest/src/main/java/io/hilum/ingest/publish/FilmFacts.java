package io.hilum.ingest.publish;

import io.hilum.contracts.event.Device;
import io.hilum.contracts.event.Sex;
import io.hilum.contracts.event.View;
import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.Tag;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a film's header says, in the words of the events. Nothing is guessed: what is not said is unknown. */
final class FilmFacts {

    private static final Pattern AGE = Pattern.compile("(\\d{1,3})([DWMY])");
    private static final double DAYS_A_YEAR = 365.25;
    private static final Set<String> LATERAL = Set.of("LATERAL", "LAT", "LL", "RL", "LLAT", "RLAT", "LATL", "LATR");

    private FilmFacts() {}

    /** Years, from Patient's Age (0010,1010), otherwise from birth date and study date. */
    static OptionalDouble ageYears(Attributes film) {
        Matcher age = AGE.matcher(film.string(Tag.PATIENT_AGE, "").trim().toUpperCase(Locale.ROOT));
        if (age.matches()) {
            double number = Double.parseDouble(age.group(1));
            return OptionalDouble.of(switch (age.group(2)) {
                case "D" -> number / DAYS_A_YEAR;
                case "W" -> number * 7 / DAYS_A_YEAR;
                case "M" -> number / 12;
                default -> number;
            });
        }
        Optional<LocalDate> birth = film.date(Tag.PATIENT_BIRTH_DATE);
        Optional<LocalDate> taken = film.date(Tag.STUDY_DATE).or(() -> film.date(Tag.ACQUISITION_DATE));
        if (birth.isEmpty() || taken.isEmpty() || taken.get().isBefore(birth.get())) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(ChronoUnit.DAYS.between(birth.get(), taken.get()) / DAYS_A_YEAR);
    }

    static Sex sex(Attributes film) {
        return switch (film.string(Tag.PATIENT_SEX, "").trim().toUpperCase(Locale.ROOT)) {
            case "F" -> Sex.FEMALE;
            case "M" -> Sex.MALE;
            case "O" -> Sex.SEX_OTHER;
            default -> Sex.SEX_UNKNOWN;
        };
    }

    /** From View Position (0018,5101), View Code Sequence (0054,0220), then the series description's words. */
    static View view(Attributes film) {
        String position = film.string(Tag.VIEW_POSITION, "").trim();
        if (!position.isEmpty()) {
            return view(position);
        }
        for (Attributes code : film.items(Tag.VIEW_CODE_SEQUENCE)) {
            View view = view(code.string(Tag.CODE_MEANING, ""));
            if (view != View.VIEW_UNKNOWN) {
                return view;
            }
        }
        return view(film.string(Tag.SERIES_DESCRIPTION, ""));
    }

    private static View view(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.matches(".*POSTERO-?ANTERIOR.*")) {
            return View.PA;
        }
        if (upper.matches(".*ANTERO-?POSTERIOR.*")) {
            return View.AP;
        }
        List<String> words = List.of(upper.split("[^A-Z]+"));
        boolean lateral = words.stream().anyMatch(LATERAL::contains);
        boolean pa = words.contains("PA");
        boolean ap = words.contains("AP");
        // "PA AND LAT" names a procedure, not this film's view.
        if ((lateral ? 1 : 0) + (pa ? 1 : 0) + (ap ? 1 : 0) != 1) {
            return View.VIEW_UNKNOWN;
        }
        return lateral ? View.LATERAL : pa ? View.PA : View.AP;
    }

    static Device device(Attributes film) {
        return Device.newBuilder()
                .setManufacturer(film.string(Tag.MANUFACTURER, ""))
                .setModel(film.string(Tag.MANUFACTURER_MODEL_NAME, ""))
                .setStation(film.string(Tag.STATION_NAME, ""))
                .setModality(film.string(Tag.MODALITY, "")).build();
    }

    static boolean isSynthetic(Attributes film) {
        return film.string(Tag.SYNTHETIC_DATA, "").trim().equalsIgnoreCase("YES");
    }

    /** The first value there is at the top or in the request's items. */
    static String requested(Attributes film, int tag) {
        return film.string(tag)
                .or(() -> film.items(Tag.REQUEST_ATTRIBUTES_SEQUENCE).stream()
                        .flatMap(request -> request.string(tag).stream()).findFirst())
                .orElse("");
    }
}
