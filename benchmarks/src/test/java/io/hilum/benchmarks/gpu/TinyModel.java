package io.hilum.benchmarks.gpu;

import io.hilum.inference.InferenceEngine;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.card.Calibration;
import io.hilum.model.card.LabelCard;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Geometry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A model folder of 48 pixels and random weights, made as {@link GpuModels} makes them. */
final class TinyModel {
    private TinyModel() {}

    static GpuModel make(Path parent, Architecture architecture) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(architecture.id()));
        List<LabelCard> labels = IntStream.range(0, 5).mapToObj(i -> new LabelCard("Finding " + i, Calibration.NONE, null)).toList();
        ModelCard card = new ModelCard(ModelCard.SCHEMA, "tiny", "1", architecture, 48, Geometry.STRETCH, architecture.mean(),
            architecture.std(), labels, List.of(), null, true, ModelCard.SYNTHETIC_NOTICE);
        card.write(folder.resolve(ModelCard.FILE));
        Files.writeString(folder.resolve(GpuModel.SEED), "11");
        try (InferenceEngine engine = CpuEngine.open(card, new GpuModel(folder, card, null).tensors())) {
            GpuModels.reference(engine, GpuModels.inputs(48, SelfTest.INPUTS)).write(folder.resolve(GpuModel.REFERENCE));
        }
        return GpuModel.open(folder);
    }
}
