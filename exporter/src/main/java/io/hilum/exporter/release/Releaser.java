package io.hilum.exporter.release;

import io.hilum.contracts.event.BundlePointer;
import io.hilum.contracts.event.ModelRelease;
import io.hilum.exporter.ExportException;
import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineFactory;
import io.hilum.inference.EngineOptions;
import io.hilum.model.bundle.Bundle;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings a bundle into service.
 *
 * <p>It is verified and runs its self-test here first, so that a bad one never reaches the topic. Then {@link ReleaseDesk}
 * stages it, waits for the instances, and makes it active; the bundle that served before becomes the fallback.
 */
public final class Releaser {

    private Releaser() {}

    /** Without news on the way. */
    public static ModelRelease release(ReleaseRequest request) throws ExportException, IOException {
        return release(request, news -> { });
    }

    /**
     * @param tell gets a sentence for people at each step
     * @return the release that stands now; the one on the topic already when it names this very bundle
     * @throws ReleaseStoppedException when the instances do not take it: what was active stays active
     * @throws ExportException when the bundle is refused here or Kafka does not take the release
     */
    public static ModelRelease release(ReleaseRequest request, Consumer<String> tell) throws ExportException, IOException {
        Bundle bundle = Bundle.open(request.bundle().toRealPath(), Optional.empty());
        return ReleaseClients.withDesk(request.bootstrap(), bundle.manifest().line(), request.decidedBy(), tell,
                desk -> release(bundle, request, desk));
    }

    static ModelRelease release(Bundle bundle, ReleaseRequest request, ReleaseDesk desk) throws ExportException, IOException {
        URI uri = request.store().map(store -> BundleUpload.folderIn(store, bundle)).orElse(bundle.folder().toUri());
        BundlePointer wanted = BundlePointer.newBuilder()
                .setUri(uri.toString()).setSha256(bundle.sha256()).setVersion(bundle.manifest().version()).build();
        boolean known = desk.current().map(now -> now.getActive().equals(wanted) || now.getStaged().equals(wanted)).orElse(false);
        if (!known) {
            prove(bundle);
            if (request.store().isPresent()) {
                BundleUpload.to(request.store().get(), bundle);
            }
        }
        return switch (request.goal()) {
            case ACTIVE -> desk.release(wanted, request.policy());
            case STAGED -> desk.stage(wanted, false);
            case SHADOW -> desk.stage(wanted, true);
        };
    }

    private static void prove(Bundle bundle) throws ExportException {
        try {
            EngineFactory.load(bundle.folder(), Optional.of(bundle.sha256()), EngineOptions.defaults()).close();
        } catch (BundleRefusedException refused) {
            throw new ExportException("Not released. " + refused.getMessage(), refused);
        }
    }
}
