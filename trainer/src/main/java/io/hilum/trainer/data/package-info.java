/** Films for training: caches of ready inputs in one mapped file, and what is done to them on the way. */
package io.hilum.trainer.data;
