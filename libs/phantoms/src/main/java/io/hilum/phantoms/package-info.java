/**
 * Procedural chest X-ray phantoms: films drawn by arithmetic, of patients who do not exist, with every lesion's place known.
 *
 * <p>A {@link io.hilum.phantoms.PhantomSpec} says what is drawn and is therefore the truth; a
 * {@link io.hilum.phantoms.PhantomRenderer} turns it into grey values of any size; {@link io.hilum.phantoms.PhantomDicom}
 * writes it as a DX object marked as synthetic. Nothing here is derived from a real film.
 */
package io.hilum.phantoms;
