package io.hilum.trainer.films;

import java.io.IOException;
import java.util.List;

/**
 * What a data set's own files say, before any image is opened.
 *
 * @param description what it is and how its labels were read, in a few words, for the card
 * @param labels names in the order of {@link FilmRow#labels}
 * @param notes sentences about what was read otherwise than a reader might expect
 */
record DataSet(String description, List<String> labels, List<FilmRow> rows, List<String> notes) {

    /** Reads the files of one form of data set. */
    interface Source {
        /** @throws IOException one sentence that names the file and the row */
        DataSet read() throws IOException;
    }
}
