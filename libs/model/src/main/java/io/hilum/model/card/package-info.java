/** The card of a trained model: what it was made from, what it is good for, how well, and what it must not do. */
package io.hilum.model.card;
