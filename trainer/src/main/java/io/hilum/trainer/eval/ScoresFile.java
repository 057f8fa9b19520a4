package io.hilum.trainer.eval;

import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.data.FilmInfo;
import io.hilum.trainer.data.Sex;
import io.hilum.trainer.data.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code eval.safetensors}: every measured film, so that a report can be made anew without the network. For each data set
 * NAME: {@code NAME.logits} F32 [N,L], {@code NAME.labels} U8 [N,L], {@code NAME.cluster} I64 [N],
 * {@code NAME.input_sha256} U8 [N,32], {@code NAME.map_hit} U8 [N,L] (255: no lesion's place is known),
 * {@code NAME.lesion_area} F32 [N,L], {@code NAME.age} I64 [N] (-1 unknown), {@code NAME.sex}, {@code NAME.view} U8 [N],
 * {@code NAME.source} U8 [N]. No names of films. Metadata: {@code labels} and {@code sets} (comma-separated),
 * {@code weights_sha256}, and for each set {@code NAME.description}, {@code NAME.sources} (lines).
 */
final class ScoresFile {
    static final String FILE = "eval.safetensors";
    private static final int DIGEST = 32;

    private ScoresFile() {}

    static void write(Path file, List<MeasuredFilms> sets, String weightsSha256) throws IOException {
        var tensors = new LinkedHashMap<String, Tensor>();
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("weights_sha256", weightsSha256);
        metadata.put("labels", String.join(",", sets.get(0).labels()));
        metadata.put("sets", String.join(",", sets.stream().map(MeasuredFilms::name).toList()));
        for (MeasuredFilms set : sets) {
            put(tensors, metadata, set);
        }
        new Safetensors(tensors, metadata).write(file);
    }

    private static void put(Map<String, Tensor> tensors, Map<String, String> metadata, MeasuredFilms set) {
        int n = set.films();
        int labels = set.labels().size();
        float[] logits = new float[n * labels];
        float[] area = new float[n * labels];
        byte[] truth = new byte[n * labels];
        byte[] hit = new byte[n * labels];
        byte[] digests = new byte[n * DIGEST];
        List<String> sources = new ArrayList<>();
        byte[] source = new byte[n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(set.logits()[i], 0, logits, i * labels, labels);
            System.arraycopy(set.hits().area()[i], 0, area, i * labels, labels);
            System.arraycopy(set.hits().hit()[i], 0, hit, i * labels, labels);
            System.arraycopy(set.digest()[i], 0, digests, i * DIGEST, DIGEST);
            for (int l = 0; l < labels; l++) {
                truth[i * labels + l] = (byte) set.truth()[i][l];
            }
            if (!sources.contains(set.info()[i].source())) {
                sources.add(set.info()[i].source());
            }
            source[i] = (byte) sources.indexOf(set.info()[i].source());
        }
        String name = set.name();
        tensors.put(name + ".logits", Tensor.of(logits, n, labels));
        tensors.put(name + ".labels", Tensor.of(truth, n, labels));
        tensors.put(name + ".cluster", Tensor.of(set.cluster(), n));
        tensors.put(name + ".input_sha256", Tensor.of(digests, n, DIGEST));
        tensors.put(name + ".map_hit", Tensor.of(hit, n, labels));
        tensors.put(name + ".lesion_area", Tensor.of(area, n, labels));
        tensors.put(name + ".age", Tensor.of(Arrays.stream(set.info()).mapToLong(FilmInfo::age).toArray(), n));
        tensors.put(name + ".sex", Tensor.of(column(set, 0), n));
        tensors.put(name + ".view", Tensor.of(column(set, 1), n));
        tensors.put(name + ".source", Tensor.of(source, n));
        metadata.put(name + ".description", set.description());
        metadata.put(name + ".sources", String.join("\n", sources));
    }

    private static byte[] column(MeasuredFilms set, int which) {
        byte[] out = new byte[set.films()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (which == 0 ? set.info()[i].sex().ordinal() : set.info()[i].view().ordinal());
        }
        return out;
    }

    /** @param weightsSha256 of the model at hand; scores of other weights are refused */
    static List<MeasuredFilms> read(Path file, String weightsSha256) throws IOException {
        Safetensors saved = Safetensors.read(file);
        String made = saved.metadata().get("weights_sha256");
        if (made == null) {
            throw new IOException(file + " does not say which weights gave its scores: evaluate the model again without --from-scores.");
        }
        if (!made.equals(weightsSha256)) {
            throw new IOException("The scores in %s were given by other weights (%.12s) than the model's (%.12s): evaluate it again without --from-scores."
                .formatted(file, made, weightsSha256));
        }
        List<String> labels = List.of(saved.metadata().get("labels").split(","));
        List<MeasuredFilms> out = new ArrayList<>();
        for (String name : saved.metadata().get("sets").split(",")) {
            out.add(set(saved, name, labels));
        }
        return out;
    }

    private static MeasuredFilms set(Safetensors saved, String name, List<String> labels) {
        long[] cluster = saved.get(name + ".cluster").longs();
        int n = cluster.length;
        int width = labels.size();
        float[] logits = saved.get(name + ".logits").floats();
        float[] area = saved.get(name + ".lesion_area").floats();
        byte[] truth = saved.get(name + ".labels").bytes();
        byte[] hit = saved.get(name + ".map_hit").bytes();
        byte[] digests = saved.get(name + ".input_sha256").bytes();
        long[] age = saved.get(name + ".age").longs();
        byte[] sex = saved.get(name + ".sex").bytes();
        byte[] view = saved.get(name + ".view").bytes();
        byte[] source = saved.get(name + ".source").bytes();
        String[] sources = saved.metadata().get(name + ".sources").split("\n", -1);
        float[][] l = new float[n][];
        int[][] t = new int[n][width];
        FilmInfo[] info = new FilmInfo[n];
        byte[][] d = new byte[n][];
        var hits = new MeasuredFilms.MapHits(new byte[n][], new float[n][]);
        for (int i = 0; i < n; i++) {
            l[i] = Arrays.copyOfRange(logits, i * width, (i + 1) * width);
            hits.hit()[i] = Arrays.copyOfRange(hit, i * width, (i + 1) * width);
            hits.area()[i] = Arrays.copyOfRange(area, i * width, (i + 1) * width);
            d[i] = Arrays.copyOfRange(digests, i * DIGEST, (i + 1) * DIGEST);
            for (int k = 0; k < width; k++) {
                t[i][k] = truth[i * width + k] & 0xff;
            }
            info[i] = new FilmInfo("", (int) age[i], Sex.values()[sex[i]], View.values()[view[i]], sources[source[i] & 0xff], null, -1, -1);
        }
        return new MeasuredFilms(name, saved.metadata().getOrDefault(name + ".description", name), labels, l, t, cluster, info, d, hits);
    }
}
