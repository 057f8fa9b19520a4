/**
 * Data sets of real films into caches of films. One call goes: a {@link io.hilum.trainer.films.DataSet.Source} reads the data
 * set's own files; {@link io.hilum.trainer.films.Parts} divides films by patient and refuses what is not sound;
 * {@link io.hilum.trainer.films.FilmDecoder} reads the images into a {@link io.hilum.trainer.films.Workspace};
 * {@link io.hilum.trainer.films.SharedPixels} refuses films that two parts share; {@link io.hilum.trainer.films.Caches} writes.
 */
package io.hilum.trainer.films;
