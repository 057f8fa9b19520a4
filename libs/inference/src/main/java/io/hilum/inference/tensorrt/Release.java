package io.hilum.inference.tensorrt;

import java.util.List;

/** Closes several things, all of them, whatever one of them throws. */
final class Release {

    private Release() {}

    /** Closes because of {@code failed}, which is what the caller throws; what fails meanwhile is suppressed in it. */
    static void after(Throwable failed, AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception alsoLost) {
            failed.addSuppressed(alsoLost);
        }
    }

    /** @throws RuntimeException the first failure, the others suppressed in it */
    static void all(List<? extends AutoCloseable> resources) {
        RuntimeException first = null;
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception failed) {
                if (first == null) {
                    first = failed instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failed);
                } else {
                    first.addSuppressed(failed);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
