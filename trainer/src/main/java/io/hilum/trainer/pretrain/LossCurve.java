package io.hilum.trainer.pretrain;

import io.hilum.model.weights.Tensor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The loss and gradient norm of every step (8 bytes a step), shown as means over windows: a CSV and a picture, rewritten while
 * the training runs. It is saved with the training, so a killed one leaves no gap. One thread.
 */
final class LossCurve {
    static final String CSV = "curve.csv";
    static final String PNG = "curve.png";
    private static final String PART = ".part";
    private static final int POINTS = 400;

    private final float[] losses;
    private final float[] gradients;
    private final int batch;
    private final WarmCosine rates;
    private int steps;

    LossCurve(int totalSteps, int batch, WarmCosine rates) {
        this.losses = new float[totalSteps];
        this.gradients = new float[totalSteps];
        this.batch = batch;
        this.rates = rates;
    }

    void add(float loss, float gradient) {
        losses[steps] = loss;
        gradients[steps++] = gradient;
    }

    /** Mean loss over the last tenth of what is known. */
    double recent() {
        return mean(losses, steps - Math.max(1, steps / 10), steps);
    }

    void save(Map<String, Tensor> to) {
        to.put("curve:loss", Tensor.of(Arrays.copyOf(losses, steps), steps));
        to.put("curve:gradient", Tensor.of(Arrays.copyOf(gradients, steps), steps));
    }

    void load(Map<String, Tensor> saved) {
        float[] before = saved.get("curve:loss").floats();
        steps = before.length;
        System.arraycopy(before, 0, losses, 0, steps);
        System.arraycopy(saved.get("curve:gradient").floats(), 0, gradients, 0, steps);
    }

    /** Writes {@link #CSV} (passes, step, loss, gradient norm before clipping, learning rate) and {@link #PNG}. */
    void write(Path folder, String title) throws IOException {
        int window = Math.max(1, (losses.length + POINTS - 1) / POINTS);
        int rows = steps / window;
        double[] passes = new double[rows];
        double[] loss = new double[rows];
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(CSV + PART))) {
            out.write("passes,step,loss,gradient_norm,learning_rate\n");
            for (int r = 0; r < rows; r++) {
                int end = (r + 1) * window;
                passes[r] = (double) end * batch;
                loss[r] = mean(losses, end - window, end);
                out.write(String.format(Locale.ROOT, "%d,%d,%.6f,%.4f,%.3e%n", (long) end * batch, end, loss[r],
                    mean(gradients, end - window, end), rates.at(end - 1)));
            }
        }
        replace(folder, CSV);
        if (rows < 2) {
            return;
        }
        XYChart chart = new XYChartBuilder().width(800).height(480).title(title)
            .xAxisTitle("films seen (passes)").yAxisTitle("loss on masked patches").build();
        chart.getStyler().setLegendVisible(false);
        chart.addSeries("loss", passes, loss).setMarker(SeriesMarkers.NONE);
        try (OutputStream out = Files.newOutputStream(folder.resolve(PNG + PART))) {
            BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
        }
        replace(folder, PNG);
    }

    /** A reader, or a kill, never meets half a file. */
    private static void replace(Path folder, String name) throws IOException {
        Files.move(folder.resolve(name + PART), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static double mean(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }
}
