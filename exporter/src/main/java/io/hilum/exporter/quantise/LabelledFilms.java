package io.hilum.exporter.quantise;

import io.hilum.exporter.ExportException;
import io.hilum.model.bundle.BundleDamagedException;
import io.hilum.model.card.ModelCard;
import io.hilum.model.weights.DType;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Films with labels, in the form that {@code ./hilum train films} and {@code train phantoms} write: safetensors with
 * {@code images} U8 [N,1,S,S] (and {@code images.1} and so on in large sets), {@code labels} U8 [N,L] (0 and 2 without the
 * finding, 1 and 3 with it, 255 unknown) and {@code cluster} I64 [N], the patient.
 *
 * <p>Threading: mapped, read-only, free to share.
 */
public final class LabelledFilms {

    private static final int DIGEST = 32;

    private final List<Tensor> blocks;
    private final int size;
    private final byte[] labels;
    private final long[] clusters;
    private final int labelCount;
    private final Tensor canvases;
    private final boolean named;

    private LabelledFilms(List<Tensor> blocks, int size, byte[] labels, long[] clusters, int labelCount, Tensor canvases,
            boolean named) {
        this.blocks = blocks;
        this.size = size;
        this.labels = labels;
        this.clusters = clusters;
        this.labelCount = labelCount;
        this.canvases = canvases;
        this.named = named;
    }

    /** @throws ExportException when the file is no such set, or has other labels or another size than the model */
    public static LabelledFilms open(Path file, ModelCard card) throws ExportException, IOException {
        try {
            return of(file, Safetensors.read(file), card);
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            throw new ExportException("The file " + file + " is no set of films: " + wrong.getMessage(), wrong);
        }
    }

    private static LabelledFilms of(Path file, Safetensors data, ModelCard card) throws ExportException, IOException {
        String names = String.join(",", card.labelNames());
        if (!names.equals(data.metadata().get("labels"))) {
            throw new ExportException("The films in " + file + " have the labels " + data.metadata().get("labels") + ", the model has "
                    + names + ".");
        }
        List<Tensor> blocks = new ArrayList<>();
        for (Tensor block = data.get("images"); block != null; block = data.tensors().get("images." + blocks.size())) {
            long[] shape = block.shape();
            if (block.dtype() != DType.U8 || shape.length != 4 || shape[1] != 1 || shape[2] != card.inputSize() || shape[3] != card.inputSize()) {
                throw new ExportException("The films in " + file + " are " + block + ", the model takes " + card.inputSize()
                        + " x " + card.inputSize() + " pixels; make the set anew with --size " + card.inputSize() + ".");
            }
            blocks.add(block);
        }
        byte[] labels = data.get("labels").bytes();
        long[] clusters = data.get("cluster").longs();
        Tensor canvases = data.tensors().get("sha256");
        if (clusters.length == 0 || labels.length != clusters.length * card.labels().size()
                || canvases != null && (canvases.dtype() != DType.U8 || canvases.size() != (long) DIGEST * clusters.length)
                || blocks.stream().mapToLong(b -> b.shape()[0]).sum() != clusters.length) {
            throw new BundleDamagedException("The films in " + file + " do not fit together: " + clusters.length + " patients, "
                    + labels.length + " labels.");
        }
        return new LabelledFilms(List.copyOf(blocks), card.inputSize(), labels, clusters, card.labels().size(), canvases,
                data.tensors().containsKey("name"));
    }

    public int count() {
        return clusters.length;
    }

    /** The patient of each film. */
    public long[] clusters() {
        return clusters.clone();
    }

    /** Whether its patients have the same numbers in every set: those of real films, which have names. */
    boolean named() {
        return named;
    }

    /** Film {@code i}, grey bytes row by row. */
    public byte[] film(int i) {
        int perBlock = (int) blocks.get(0).shape()[0];
        ByteBuffer block = blocks.get(i / perBlock).data();
        byte[] film = new byte[size * size];
        block.get(i % perBlock * size * size, film);
        return film;
    }

    /** SHA-256 of the canvas that film {@code i} was made of, where the set knows it. */
    Optional<ByteBuffer> canvas(int i) {
        if (canvases == null) {
            return Optional.empty();
        }
        byte[] digest = new byte[DIGEST];
        canvases.data().get(i * DIGEST, digest);
        return Optional.of(ByteBuffer.wrap(digest));
    }

    /** 0, 1, or -1 where nobody knows. */
    public int label(int film, int label) {
        return switch (labels[film * labelCount + label]) {
            case 0, 2 -> 0;
            case 1, 3 -> 1;
            default -> -1;
        };
    }
}
