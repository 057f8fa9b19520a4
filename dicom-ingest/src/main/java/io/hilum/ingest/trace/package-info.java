/** An image's trace from the door to its topic: begun here, kept in the journal, sent in record headers. */
package io.hilum.ingest.trace;
