package io.hilum.benchmarks.chaos.harness;

import io.hilum.benchmarks.chaos.instance.PixelBundle;
import io.hilum.contracts.event.BundlePointer;
import java.io.IOException;
import java.nio.file.Path;

/** Where the next bundle comes from. Owned by one thread. */
interface BundleSource {

    /** The model line of all of them. */
    String line();

    /** Another one than the one before. */
    BundlePointer next() throws IOException;

    /** Bundles of the engine whose scores can be computed, each of a version of its own. */
    static BundleSource pixels(Path folder) {
        return new BundleSource() {
            private int version;

            @Override
            public String line() {
                return "chaos";
            }

            @Override
            public BundlePointer next() throws IOException {
                return new PixelBundle(line(), "v" + ++version).write(folder);
            }
        };
    }
}
