/** Training and test sets of procedural phantoms. */
package io.hilum.trainer.phantom;
