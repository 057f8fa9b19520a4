/** Weights in files: safetensors written and read, torch checkpoints read without running anything in them. */
package io.hilum.model.weights;
