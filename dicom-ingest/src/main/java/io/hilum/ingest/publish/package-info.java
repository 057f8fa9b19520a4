/** From the journal to the topics: rendered once, announced at least once, order kept within a study. */
package io.hilum.ingest.publish;
