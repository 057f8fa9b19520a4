/** TensorRT plans: built on the GPU that will serve, proven against the trainer. */
package io.hilum.exporter.plan;
