package io.hilum.benchmarks.chaos.harness;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.BundleManifest;
import io.hilum.model.card.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Two copies of a real bundle that differ in their version, in turn. Owned by one thread. */
final class BundleCopies implements BundleSource {

    private final List<Bundle> copies;
    private int turn;

    /**
     * @param real a bundle's folder
     * @param folder where the copies go
     * @throws IOException when it is no sound bundle
     */
    BundleCopies(Path real, Path folder) throws IOException {
        Bundle bundle = Bundle.open(real, Optional.empty());
        bundle.verify();
        copies = List.of(copy(bundle, folder, "-one"), copy(bundle, folder, "-two"));
    }

    @Override
    public String line() {
        return copies.get(0).manifest().line();
    }

    @Override
    public BundlePointer next() {
        Bundle next = copies.get(turn++ % copies.size());
        return BundlePointer.newBuilder().setUri(next.folder().toUri().toString()).setSha256(next.sha256())
                .setVersion(next.manifest().version()).build();
    }

    private static Bundle copy(Bundle bundle, Path folder, String suffix) throws IOException {
        BundleManifest of = bundle.manifest();
        ModelCard card = of.card();
        ModelCard renamed = new ModelCard(card.schema(), card.name(), card.version() + suffix, card.architecture(), card.inputSize(),
                card.geometry(), card.mean(), card.std(), card.labels(), card.metrics(), card.lineage(), card.trainedOnSynthetic(),
                card.notice(), card.softmax());
        Path copy = folder.resolve(renamed.version()).toAbsolutePath();
        for (String file : of.files().keySet()) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(bundle.folder().resolve(file), copy.resolve(file));
        }
        return Bundle.seal(copy, of.files().keySet(), hashes -> new BundleManifest(
                of.format(), renamed, of.created(), of.proof(), of.networks(), of.plans(), of.selfTestFile(), hashes));
    }
}
