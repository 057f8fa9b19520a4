/** Data in, weights out. */
package io.hilum.trainer;
