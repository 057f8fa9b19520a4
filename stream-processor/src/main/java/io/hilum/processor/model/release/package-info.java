/** Follows releases: fetches bundles, loads and proves them off the stream, makes them serve, and says what became of it. */
package io.hilum.processor.model.release;
