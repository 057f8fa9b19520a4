/** The watched folder door. */
package io.hilum.ingest.folder;
