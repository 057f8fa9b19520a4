package io.hilum.storage;

import java.net.URI;
import java.time.Instant;

/**
 * An object as a listing shows it.
 *
 * @param uri where it is
 * @param key its key in the store
 * @param bytes its size
 * @param written when it was written, by the store's clock
 */
public record StoredObject(URI uri, String key, long bytes, Instant written) {}
