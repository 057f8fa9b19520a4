package io.hilum.trainer.data;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Clusters (patients) that must not be cut apart, since each holds a film with the same canvas as a film of another. Where
 * the digests of canvases are not known, every cluster is alone. Read-only; any thread.
 */
public final class Twins {
    /** From a cluster towards the first one, in the order of films, that it is joined with; those alone are missing. */
    private final Map<Long, Long> towards = new HashMap<>();

    private Twins() {}

    public static Twins of(FilmSelection films) {
        var twins = new Twins();
        var first = new HashMap<ByteBuffer, Long>();
        for (int i = 0; i < films.films(); i++) {
            byte[] digest = films.cache().info(films.film(i)).sha256();
            Long other = digest == null ? null : first.putIfAbsent(ByteBuffer.wrap(digest), films.cluster(i));
            if (other != null) {
                long a = twins.group(other);
                long b = twins.group(films.cluster(i));
                if (a != b) {
                    twins.towards.put(b, a);
                }
            }
        }
        return twins;
    }

    /** One number for all clusters that stay together; a cluster that shares no film has its own. */
    public long group(long cluster) {
        long at = cluster;
        for (Long next = towards.get(at); next != null; next = towards.get(at)) {
            at = next;
        }
        return at;
    }
}
