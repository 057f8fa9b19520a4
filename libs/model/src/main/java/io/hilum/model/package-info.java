/**
 * What a trained network is: its architecture, its weights under the reference's key names, the way
 * from a canvas to its input, and the card that says what it is good for.
 */
package io.hilum.model;
