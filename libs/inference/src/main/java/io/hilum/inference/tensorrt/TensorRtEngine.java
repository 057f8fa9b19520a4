package io.hilum.inference.tensorrt;

import io.hilum.inference.BundleRefusedException;
import io.hilum.inference.EngineIdentity;
import io.hilum.inference.HeatMap;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.inference.InferenceResult;
import io.hilum.inference.RequestCheck;
import io.hilum.model.bundle.PlanFile;
import io.hilum.model.card.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A bundle's network in TensorRT on one GPU: a plan that gives scores only, and one that draws K heat maps an image too.
 *
 * <p>Who asks for no map is computed by the plain plan, whatever its neighbours ask for: in half precision the two plans
 * round differently, and a request's scores must not depend on its neighbours. Who asks for more than K maps
 * goes through the plan with maps again, with explicit labels.
 *
 * <p>Threading: {@link #infer} may be called by any number of threads; each computes on its own thread and waits while
 * all lanes are taken. {@link #close} waits for batches under way; what is called after it throws. A lane whose run
 * failed is replaced, so a fault that passes costs one batch; one that stays makes every call throw.
 */
public final class TensorRtEngine implements InferenceEngine {

    private final ModelCard card;
    private final EngineIdentity identity;
    private final PlanRunner plain;
    private final PlanRunner mapping;
    private final MapWishes mapWishes;

    private TensorRtEngine(ModelCard card, EngineIdentity identity, PlanRunner plain, PlanRunner mapping) {
        this.card = card;
        this.identity = identity;
        this.plain = plain;
        this.mapping = mapping;
        this.mapWishes = new MapWishes(card);
    }

    /**
     * Loads both plans and computes every bucket on every lane once. Takes seconds: do it off the threads that serve.
     *
     * @param folder where the verified plan files lie
     * @param choice plans that fit this machine
     * @param machine the GPU that {@link TensorRtSupport#detect} found
     * @throws BundleRefusedException when a plan is none, is of another TensorRT version, is refused by TensorRT, does
     *     not fit the card, or does not fit into the GPU's memory
     * @throws IllegalArgumentException when there is no GPU, or the choice holds no plans
     */
    public static TensorRtEngine open(ModelCard card, String bundleSha256, Path folder, PlanChoice choice,
            TensorRtSupport machine, TensorRtOptions options) throws BundleRefusedException {
        if (!machine.available()) {
            throw new IllegalArgumentException(machine.reason());
        }
        if (!choice.fits()) {
            throw new IllegalArgumentException(choice.reason());
        }
        try {
            for (PlanFile plan : List.of(choice.plain(), choice.maps())) {
                PlanHeader.requireBuiltBy(folder.resolve(plan.file()), plan.tensorRt());
            }
            return open(card, bundleSha256, folder, choice, machine, options, CudaDevice.open(options));
        } catch (IOException | RuntimeException | LinkageError refused) {
            throw new BundleRefusedException("TensorRT does not serve " + card.name() + " " + card.version() + " here: "
                    + refused.getMessage(), refused);
        }
    }

    /** The same on any device, with nothing checked. */
    static TensorRtEngine open(ModelCard card, String bundleSha256, Path folder, PlanChoice choice, TensorRtSupport machine,
            TensorRtOptions options, Device device) {
        EngineIdentity identity = EngineIdentity.of(card, bundleSha256,
                "tensorrt-" + machine.tensorRt() + " " + machine.gpu() + " " + choice.plain().precision().id());
        PlanRunner plain = runner(card, identity, folder, choice.plain(), options, device);
        try {
            return new TensorRtEngine(card, identity, plain, runner(card, identity, folder, choice.maps(), options, device));
        } catch (RuntimeException | Error failed) {
            Release.after(failed, plain);
            throw failed;
        }
    }

    private static PlanRunner runner(ModelCard card, EngineIdentity identity, Path folder, PlanFile file,
            TensorRtOptions options, Device device) {
        PlanShape shape = PlanShape.of(card, file.maps());
        Buckets buckets = Buckets.within(options.buckets(), file.maxBatch());
        Plan plan = device.load(folder.resolve(file.file()), shape, buckets);
        return PlanRunner.open(card, identity, plan, shape, buckets, options.lanes());
    }

    @Override
    public EngineIdentity identity() {
        return identity;
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public List<InferenceResult> infer(List<InferenceRequest> batch) {
        List<Wish> scored = new ArrayList<>();
        List<Wish> mapped = new ArrayList<>();
        List<Wish> all = new ArrayList<>();
        for (InferenceRequest request : batch) {
            Wish wish = new Wish(request, RequestCheck.requireFit(request, card));
            all.add(wish);
            (wish.places == 0 ? scored : mapped).add(wish);
        }
        firstPass(plain, scored);
        firstPass(mapping, mapped);
        for (List<Wish> open = unfinished(all); !open.isEmpty(); open = unfinished(open)) {
            furtherPass(open);
        }
        return all.stream().map(wish -> wish.result).toList();
    }

    private void firstPass(PlanRunner runner, List<Wish> wishes) {
        List<InferenceResult> results = runner.run(wishes.stream()
                .map(wish -> wish.request(wish.request.mapLabels(), Math.min(wish.places, runner.maps()))).toList());
        for (int i = 0; i < wishes.size(); i++) {
            Wish wish = wishes.get(i);
            wish.result = results.get(i);
            wish.missing = mapWishes.beyond(wish.request, wish.places, wish.result);
        }
    }

    private void furtherPass(List<Wish> open) {
        List<InferenceResult> results = mapping.run(open.stream().map(wish -> wish.request(
                wish.missing.stream().mapToInt(Integer::intValue).toArray(), Math.min(wish.missing.size(), mapping.maps())))
                .toList());
        for (int i = 0; i < open.size(); i++) {
            open.get(i).add(results.get(i));
        }
    }

    private static List<Wish> unfinished(List<Wish> wishes) {
        return wishes.stream().filter(wish -> !wish.missing.isEmpty()).toList();
    }

    /** Both plans, so that a broken one is found whichever it is. */
    @Override
    public void computeSoundInput() {
        byte[] blank = new byte[card.inputSize() * card.inputSize()];
        infer(List.of(InferenceRequest.scores(blank, false), InferenceRequest.withMaps(blank, 1, false)));
    }

    @Override
    public void close() {
        Release.all(List.of(plain, mapping));
    }

    /** One request on its way. Known to the calling thread only. */
    private static final class Wish {

        private final InferenceRequest request;
        /** How many of its labels get a map. */
        private final int places;
        private InferenceResult result;
        private List<Integer> missing = List.of();

        Wish(InferenceRequest request, int places) {
            this.request = request;
            this.places = places;
        }

        InferenceRequest request(int[] labels, int count) {
            return new InferenceRequest(request.input(), Arrays.copyOf(labels, count), request.urgent());
        }

        /** Scores stay those of the first pass. */
        void add(InferenceResult pass) {
            List<HeatMap> maps = new ArrayList<>(result.heatMaps());
            maps.addAll(pass.heatMaps());
            result = new InferenceResult(result.logits(), result.probabilities(), maps,
                    result.times().andThen(pass.times()), result.engine());
            missing = missing.subList(pass.heatMaps().size(), missing.size());
        }
    }
}
