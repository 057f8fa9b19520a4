/** From canvas to model input: one implementation for training and for service. */
package io.hilum.model.input;
