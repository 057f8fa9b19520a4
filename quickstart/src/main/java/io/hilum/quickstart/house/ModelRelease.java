package io.hilum.quickstart.house;

import java.nio.file.Path;

final class ModelRelease {
    ModelRelease(Path model, Path bundles, String bootstrap) {}
    String publish() { return ""; }
}
