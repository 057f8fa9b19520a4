package io.hilum.quickstart.letters;

import java.time.Instant;
import java.util.Optional;

/**
 * Which letters are wanted; an empty part asks for nothing.
 *
 * @param code cause code
 * @param since not older than this
 * @param site the site's name
 * @param study Study Instance UID
 */
public record LetterFilter(Optional<String> code, Optional<Instant> since, Optional<String> site, Optional<String> study) {

    public static final LetterFilter ALL =
            new LetterFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    boolean matches(Letter letter) {
        return code.map(letter.body().getCauseCode()::equals).orElse(true)
                && since.map(from -> !letter.at().isBefore(from)).orElse(true)
                && site.map(letter.body().getSite()::equals).orElse(true)
                && study.map(letter.body().getStudyUid()::equals).orElse(true);
    }
}
