package io.hilum.quickstart.house;

import io.hilum.exporter.ExportException;
import io.hilum.exporter.Exporter;
import io.hilum.exporter.release.ReleaseRequest;
import io.hilum.exporter.release.Releaser;
import io.hilum.model.card.ModelCard;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.BundleManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Makes the model serve: trained weights are exported once and proven, a bundle is taken as it is; then released. */
final class ModelRelease {

    private static final String DECIDED_BY = "quickstart";
    private static final int HASH_LETTERS = 12;

    private final Path model;
    private final Path bundles;
    private final String bootstrap;

    /**
     * @param model a bundle, or a folder of trained weights
     * @param bundles where exported bundles are kept: a restart after a bad release needs the old ones
     */
    ModelRelease(Path model, Path bundles, String bootstrap) {
        this.model = model;
        this.bundles = bundles;
        this.bootstrap = bootstrap;
    }

    /** @return a sentence for people: what serves now, and what it must be told about */
    String publish() throws IOException {
        try {
            Path bundle = Files.exists(model.resolve(Bundle.MANIFEST)) ? model : exported();
            var release = Releaser.release(new ReleaseRequest(bundle, bootstrap, DECIDED_BY));
            String notice = Bundle.open(bundle, Optional.empty()).manifest().card().notice();
            return "%-17s active  %s %s, generation %d. %s".formatted(
                    "model", release.getLine(), release.getActive().getVersion(), release.getGeneration(), notice);
        } catch (ExportException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
    }

    /** The bundle of these very weights and this very card, exported now unless an earlier start did. */
    private Path exported() throws IOException, ExportException {
        Path bundle = bundles.resolve(fingerprint());
        if (Files.notExists(bundle.resolve(Bundle.MANIFEST))) {
            Exporter.export(model, bundle);
        }
        return bundle;
    }

    private String fingerprint() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // What an earlier version exported, this one may not read.
            digest.update(("format " + BundleManifest.FORMAT).getBytes(StandardCharsets.UTF_8));
            for (String part : new String[] {Bundle.WEIGHTS, ModelCard.FILE, Exporter.PROBE}) {
                Path file = model.resolve(part);
                if (Files.notExists(file)) {
                    throw new IllegalStateException("%s is neither a bundle nor a folder of trained weights: %s is missing."
                            .formatted(model, part));
                }
                try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LETTERS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
