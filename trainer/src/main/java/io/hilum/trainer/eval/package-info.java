/** How good a model is, how sure that is, and from which score a finding counts. */
package io.hilum.trainer.eval;
