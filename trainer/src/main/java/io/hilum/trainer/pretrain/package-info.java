/**
 * Pre-training without labels: masked image modelling, against the films' own pixels or a frozen tokenizer's features.
 */
package io.hilum.trainer.pretrain;
