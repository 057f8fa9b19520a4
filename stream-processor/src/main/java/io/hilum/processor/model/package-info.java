/** Which models score an image: one batcher a line, engines that are exchanged in service, canvas to input to result. */
package io.hilum.processor.model;
