package io.hilum.benchmarks.inference;

import ai.djl.ndarray.NDManager;
import io.hilum.imaging.canvas.CanvasRenderer;
import io.hilum.imaging.canvas.FilmReader;
import io.hilum.imaging.canvas.RenderedCanvas;
import io.hilum.imaging.dicom.DicomException;
import io.hilum.inference.InferenceEngine;
import io.hilum.inference.InferenceRequest;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.CanvasPng;
import io.hilum.model.input.CanvasToInput;
import io.hilum.trainer.net.Network;
import io.hilum.trainer.net.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far a probability moves because a film came as DICOM through the door instead of as the PNG that the trainer reads. The
 * engine's own share is {@link Parity}; this is the pixels' share and the engine's together.
 *
 * @param files that have a source image
 * @param refused those that the door does not decode
 * @param median of |difference| over all labels and films
 */
record DoorShift(int files, List<String> refused, double median, double maximum) {

    static final double MEDIAN = 0.01;
    static final double MAXIMUM = 0.03;

    /** @param data the folder with {@code dicom} and {@code cxr14-mini} */
    static DoorShift measure(InferenceEngine engine, DemoModel model, Path data, int threads) throws IOException {
        List<String> refused = new ArrayList<>();
        List<Double> shifts = new ArrayList<>();
        int files = 0;
        FilmReader reader = new FilmReader(new CanvasRenderer());
        try (NDManager root = Torch.start(threads); Network network = Parity.network(root, model)) {
            for (Pair pair : Pair.in(data)) {
                files++;
                byte[] door;
                try {
                    // As dicom-ingest does: the canvas travels as a PNG.
                    door = input(model.card(), CanvasPng.decode(reader.read(pair.dicom()).canvas().toPng()));
                } catch (DicomException undecodable) {
                    refused.add(pair.dicom().getFileName() + ": " + undecodable.getMessage());
                    continue;
                }
                byte[] source = input(model.card(), reader.read(pair.png()));
                double[] served = engine.infer(List.of(InferenceRequest.scores(door, false))).get(0).probabilities();
                double[] trained = model.card().probabilities(network.logits(Parity.direct(source)));
                for (int label = 0; label < served.length; label++) {
                    shifts.add(Math.abs(served[label] - trained[label]));
                }
            }
        }
        double[] sorted = shifts.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new DoorShift(files, refused, sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2],
                sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1]);
    }

    boolean holds() {
        return refused.isEmpty() && median <= MEDIAN && maximum <= MAXIMUM;
    }

    private static byte[] input(ModelCard card, RenderedCanvas canvas) {
        return new CanvasToInput(card.geometry(), card.inputSize()).apply(canvas.canvas().pixels(), canvas.canvas().width(), canvas.canvas().height());
    }

    private static byte[] input(ModelCard card, CanvasPng canvas) {
        return new CanvasToInput(card.geometry(), card.inputSize()).apply(canvas.pixels(), canvas.width(), canvas.height());
    }

    /** A DICOM file and the image that it was made of. */
    private record Pair(Path dicom, Path png) {

        static List<Pair> in(Path data) throws IOException {
            List<String> lines = Files.readAllLines(data.resolve("dicom/manifest.csv"));
            List<String> names = Arrays.asList(lines.get(0).split(","));
            List<Pair> pairs = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] row = line.split(",", -1);
                String source = row[names.indexOf("source_image")];
                if (!source.isEmpty()) {
                    pairs.add(new Pair(data.resolve("dicom").resolve(row[0]), data.resolve("cxr14-mini/images").resolve(source)));
                }
            }
            return pairs;
        }
    }
}
