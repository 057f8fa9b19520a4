/** An image's trace on its way through the stream: passed on in record headers, and told to a collector where there is one. */
package io.hilum.processor.trace;
