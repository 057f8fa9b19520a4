package io.hilum.trainer.films;

import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.nio.file.Path;

/**
 * One film as its data set lists it.
 *
 * @param list the file that lists it
 * @param line where in that file, from 1
 * @param image path or name of the image, as listed; also the film's name in a cache
 * @param labels for each label of the data set what a cache holds: 0, 1, {@link FilmCache#UNKNOWN}, or one of the two that a
 *     policy made of "uncertain"; not copied
 * @param patient key of the patient, "" when not known. Keys of two data sets that share patients should agree
 * @param cluster key of what must stay together in splits and resampling: the patient or another group
 * @param age in years, -1 when not known
 * @param source where the film came from, "" when not known
 * @param split the data set's own split, "" when it has none
 * @param width of the original film in pixels where the list knows it, else -1
 * @param height likewise
 */
record FilmRow(Path list, long line, String image, int[] labels, String patient, String cluster, int age, Sex sex, View view,
        String source, String split, int width, int height) {

    /** 0, 1 or {@link FilmCache#UNKNOWN}. */
    int label(int label) {
        return switch (labels[label]) {
            case FilmCache.UNCERTAIN_NEGATIVE -> 0;
            case FilmCache.UNCERTAIN_POSITIVE -> 1;
            default -> labels[label];
        };
    }

    /** File and line, for messages. */
    String where() {
        return list + ", line " + line;
    }
}
