/**
 * EVA-X as the trainer computes it: TorchScript written as text, run by libtorch through DJL. A whole training
 * step (forward, loss, gradients, optimizer) is one call, so that no tensor of it ever belongs to Java.
 */
package io.hilum.trainer.net;
