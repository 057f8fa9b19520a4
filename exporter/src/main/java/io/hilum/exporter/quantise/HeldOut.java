package io.hilum.exporter.quantise;

import io.hilum.exporter.ExportException;
import io.hilum.model.bundle.Sha256;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Whether films can judge: what was taught, or set the scales, must not, and a few patients tell nothing of others. */
public final class HeldOut {

    /** What the trainer notes beside weights: digests of canvases ({@code sha256}) and of inputs ({@code inputs}), and patients ({@code cluster}). */
    private static final String TAUGHT = "taught.safetensors";
    private static final int DIGEST = 32;
    /** Patients are what is drawn for the interval of the loss: of one alone it would have no width. */
    private static final int PATIENTS = 50;

    private HeldOut() {}

    /** Whether the trainer noted what the weights in a folder were taught. */
    public static boolean isNoted(Path model) {
        return Files.exists(model.resolve(TAUGHT));
    }

    /**
     * @param model folder of the weights
     * @throws ExportException naming the first film that is none, or when they are of too few patients
     */
    public static void require(LabelledFilms heldOut, LabelledFilms training, Path model) throws ExportException, IOException {
        long patients = Arrays.stream(heldOut.clusters()).distinct().count();
        if (patients < PATIENTS) {
            throw new ExportException("The held-out films are of " + patients + " patients; int8 is judged by at least " + PATIENTS
                    + ", or the interval of its loss says nothing. Give other films with --int8-held-out.");
        }
        Set<ByteBuffer> known = new HashSet<>();
        for (int i = 0; i < training.count(); i++) {
            known.add(digest(training.film(i)));
        }
        Path taught = model.resolve(TAUGHT);
        Safetensors noted = Files.exists(taught) ? Safetensors.read(taught) : null;
        if (noted != null) {
            digests(noted, "inputs", known);
        }
        Set<ByteBuffer> canvases = new HashSet<>();
        Set<Long> patientsTaught = new HashSet<>();
        if (noted != null) {
            digests(noted, "sha256", canvases);
            if (heldOut.named() && noted.tensors().containsKey("cluster")) {
                Arrays.stream(noted.get("cluster").longs()).forEach(patientsTaught::add);
            }
        }
        long[] patientOf = heldOut.clusters();
        for (int i = 0; i < heldOut.count(); i++) {
            if (known.contains(digest(heldOut.film(i))) || heldOut.canvas(i).filter(canvases::contains).isPresent()) {
                throw new ExportException("Film " + i + " of the held-out set was taught to the weights or is among the films that set "
                        + "the scales of int8; what is taught must not judge. Give other films with --int8-held-out.");
            }
            if (patientsTaught.contains(patientOf[i])) {
                throw new ExportException("Film " + i + " of the held-out set is of a patient of whom the weights were taught a film; "
                        + "what is taught must not judge. Give other films with --int8-held-out.");
            }
        }
    }

    private static ByteBuffer digest(byte[] film) {
        return ByteBuffer.wrap(Sha256.digest().digest(film));
    }

    private static void digests(Safetensors noted, String name, Set<ByteBuffer> into) {
        Tensor tensor = noted.tensors().get(name);
        for (int at = 0; tensor != null && at < tensor.size(); at += DIGEST) {
            byte[] digest = new byte[DIGEST];
            tensor.data().get(at, digest);
            into.add(ByteBuffer.wrap(digest));
        }
    }
}
