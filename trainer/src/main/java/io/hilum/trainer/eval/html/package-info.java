/** Draws an evaluation as one page that needs nothing beside it: no script, no font, no file, no network. */
package io.hilum.trainer.eval.html;
