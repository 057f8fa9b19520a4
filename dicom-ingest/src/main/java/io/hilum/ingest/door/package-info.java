/** The one path by which objects come in: checked, stored, journalled, acknowledged. */
package io.hilum.ingest.door;
