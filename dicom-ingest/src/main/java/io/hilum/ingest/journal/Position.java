package io.hilum.ingest.journal;

/**
 * Where a line stands.
 *
 * @param offset of its first byte in the segment
 * @param length in bytes with the line feed
 */
record Position(Segment segment, long offset, int length) {}
