/** The drawing itself: layers of tissue summed along the beam, then exposure, noise and letters. */
package io.hilum.phantoms.render;
