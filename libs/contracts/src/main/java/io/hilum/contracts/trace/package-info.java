/** One trace an image: how its context travels in record headers. Knows nothing of who records spans. */
package io.hilum.contracts.trace;
