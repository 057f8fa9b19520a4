/** Sets of real films, listed in a table, for training and evaluation. */
package io.hilum.trainer.films;
