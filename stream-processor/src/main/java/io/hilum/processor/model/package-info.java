/** Which model serves: follows releases, loads and proves bundles off the stream, exchanges engines. */
package io.hilum.processor.model;
