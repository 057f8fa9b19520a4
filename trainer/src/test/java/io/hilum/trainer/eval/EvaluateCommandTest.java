package io.hilum.trainer.eval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hilum.model.Architecture;
import io.hilum.model.bundle.SelfTest;
import io.hilum.model.card.Lineage;
import io.hilum.model.card.ModelCard;
import io.hilum.model.input.Geometry;
import io.hilum.model.weights.Safetensors;
import io.hilum.model.weights.Tensor;
import io.hilum.trainer.Main;
import io.hilum.trainer.data.FilmCache;
import io.hilum.trainer.data.FilmInfo;
import io.hilum.trainer.data.FilmSelection;
import io.hilum.trainer.data.Taught;
import io.hilum.trainer.eval.report.EvaluationReport;
import io.hilum.trainer.net.Initialisation;
import io.hilum.trainer.net.Loss;
import io.hilum.trainer.train.Provenance;
import io.hilum.trainer.train.Toys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on weights that learned nothing: what is written where, what is refused, what stays out of the card. */
class EvaluateCommandTest {
    @TempDir Path dir;

    private static Map<String, Tensor> drawn(long seed) {
        return Initialisation.draw(Architecture.EVA_X_TI, Toys.SIZE / Architecture.PATCH, Toys.LABELS.size(), seed);
    }

    private Path model(Loss loss) throws IOException {
        Path model = Files.createDirectories(dir.resolve("model"));
        Safetensors.write(model.resolve("weights.safetensors"), drawn(3));
        var training = new Provenance.Training("toy", "1", Architecture.EVA_X_TI, Toys.SIZE, Toys.LABELS, true, 1, 0.5, 0.7, loss, true, null, null,
            new Lineage("scratch", "nothing", 0, Map.of("lr", "0"), 3, "a test", "2026-01-01T00:00:00Z"));
        new ObjectMapper().writeValue(model.resolve("training.json").toFile(), training);
        return model;
    }

    private static String run(int status, String... args) {
        var err = new StringWriter();
        assertEquals(status, Main.commandLine().setErr(new PrintWriter(err, true)).execute(args), err.toString());
        return err.toString();
    }

    private static String[] args(Path model, String... more) {
        List<String> all = new ArrayList<>(List.of("evaluate", model.toString(), "--resamples", "100", "--threads", "1"));
        all.addAll(Arrays.asList(more));
        return all.toArray(new String[0]);
    }

    @Test
    void aReportMadeAnewFromScoresIsTheSameReport() throws IOException {
        Path model = model(Loss.BCE);
        Path valid = Toys.cache(dir.resolve("valid"), 100, 1);
        Path held = Toys.cache(dir.resolve("held"), 64, 2);
        run(0, args(model, "--valid", valid.toString(), "--data", "held-out=" + held, "--probe-films", "20"));
        assertEquals(20, SelfTest.read(model.resolve("probe.safetensors"), Toys.SIZE, Toys.LABELS.size()).inputs().length);
        EvaluationReport first = EvaluationReport.read(model.resolve("report/report.json"));
        byte[] card = Files.readAllBytes(model.resolve(ModelCard.FILE));
        run(0, args(model, "--from-scores", model.resolve("eval.safetensors").toString(), "--report", dir.resolve("again").toString()));
        EvaluationReport again = EvaluationReport.read(dir.resolve("again/report.json"));
        var json = new ObjectMapper();
        assertEquals(json.writeValueAsString(first.sets()), json.writeValueAsString(again.sets()));
        assertEquals(json.writeValueAsString(first.choices()), json.writeValueAsString(again.choices()));
        assertArrayEquals(card, Files.readAllBytes(model.resolve(ModelCard.FILE)));
        assertEquals("hilum", first.protocol());
        assertNull(first.paper());
        String html = Files.readString(model.resolve("report/report.html"));
        assertTrue(html.contains("Not a diagnosis") && html.contains("trained on synthetic images"), "the page must say what the model is not");
        assertFalse(html.contains("http:") || html.contains("https:") || html.contains("<script") || html.contains(" src="), "a page that loads something");

        Safetensors.write(model.resolve("weights.safetensors"), drawn(4));
        String refusal = run(1, args(model, "--from-scores", model.resolve("eval.safetensors").toString()));
        assertTrue(refusal.contains("given by other weights"), refusal);
    }

    @Test
    void thePapersChoiceNeverReachesTheCard() throws IOException {
        Path model = model(Loss.BCE);
        Path test = Toys.cache(dir.resolve("test"), 64, 2);
        Path a = dir.resolve("epoch-1.safetensors");
        Path b = dir.resolve("epoch-2.safetensors");
        Safetensors.write(a, drawn(5));
        Safetensors.write(b, drawn(6));
        run(0, args(model, "--protocol", "paper", "--data", "test=" + test, "--checkpoint", a.toString(), "--checkpoint", b.toString()));
        assertFalse(Files.exists(model.resolve(ModelCard.FILE)), "a card from the paper's protocol");
        EvaluationReport report = EvaluationReport.read(model.resolve("report-paper/report.json"));
        assertEquals("paper", report.protocol());
        assertTrue(report.cautions().stream().anyMatch(c -> c.startsWith("The view is Hilum's")), "which part of a film was seen");
        double best = report.paper().checkpoints().stream().mapToDouble(c -> c.meanAuc()).max().orElseThrow();
        assertEquals(best, report.paper().meanAuc(), 1e-12);
        assertNotEquals(report.paper().checkpoints().get(0).meanAuc(), report.paper().checkpoints().get(1).meanAuc());
        assertTrue(report.choices().stream().allMatch(c -> c.card().operatingPoint() == null));
        assertTrue(Files.readString(model.resolve("report-paper/report.html")).contains("PAPER PROTOCOL"));
    }

    @Test
    void aModelThatNamesOneLabelIsJudgedByItsSoftmax() throws IOException {
        Path model = model(Loss.CE);
        Path valid = Toys.cache(dir.resolve("valid"), 100, 1);
        Path held = Toys.cache(dir.resolve("held"), 100, 2);
        run(0, args(model, "--valid", valid.toString(), "--data", "held-out=" + held));
        ModelCard card = ModelCard.read(model.resolve(ModelCard.FILE));
        double[] p = card.probabilities(new float[] {1.5f, -0.5f});
        assertEquals(1, p[0] + p[1], 1e-12);
        assertEquals(1 / (1 + Math.exp(-2 / card.softmax().temperature())), p[0], 1e-12);
        EvaluationReport report = EvaluationReport.read(model.resolve("report/report.json"));
        var single = report.sets().get(1).singleLabel();
        int counted = Arrays.stream(single.confusion()).flatMapToInt(Arrays::stream).sum();
        // Toys with both labels or none have no class, so they are in no decision.
        assertEquals(single.films(), counted);
        assertTrue(single.films() > 25 && single.films() < 80, "films with a class: " + single.films());
        assertEquals(card.softmax().temperature(), report.model().temperature());
    }

    @Test
    void whatWouldFlatterIsRefusedInASentence() throws IOException {
        Path model = model(Loss.BCE);
        Path valid = Toys.cache(dir.resolve("valid"), 40, 1);
        assertTrue(run(1, args(model, "--valid", valid.toString(), "--data", "held-out=" + valid)).contains("same pixels"));
        assertTrue(run(1, args(model, "--valid", valid.toString(), "--train", valid.toString())).contains("same pixels"));
        assertTrue(run(1, args(model, "--data", "held-out=" + valid)).contains("--valid"));
        assertTrue(run(1, args(model, "--valid", valid.toString(), "--data", "validation=" + valid)).contains("name"));
        assertTrue(run(1, args(model, "--protocol", "paper")).contains("--data"));
        assertTrue(run(1, args(model, "--valid", valid.toString(), "--probe-films", "15")).contains("--probe-films lies between 16"));
        assertFalse(Files.exists(model.resolve(ModelCard.FILE)));
        Taught.add(model, FilmSelection.all(FilmCache.open(Toys.cache(dir.resolve("train"), 20, 2))));
        Taught.add(model, FilmSelection.all(FilmCache.open(Toys.cache(dir.resolve("again"), 20, 2))));
        Path measured = Toys.cache(dir.resolve("measured"), 30, 2);
        String refusal = run(1, args(model, "--valid", valid.toString(), "--data", "held-out=" + measured));
        assertTrue(refusal.contains("the weights were taught") && refusal.contains("measured"), refusal);
    }

    @Test
    void aCardPromisesNoGeometryThatTheFilmsDoNotHave() throws IOException {
        Path model = model(Loss.BCE);
        Path crop = dir.resolve("crop");
        byte[] film = new byte[Toys.SIZE * Toys.SIZE];
        var infos = new ArrayList<FilmInfo>();
        for (int i = 0; i < 40; i++) {
            infos.add(FilmInfo.NONE);
        }
        try (var writer = new FilmCache.Writer(crop, infos, Toys.SIZE, Toys.LABELS, "made", true, Geometry.CROP)) {
            for (int i = 0; i < 40; i++) {
                film[i] = (byte) 200;
                writer.add(film, new int[] {i % 2, i / 2 % 2}, i, new float[2][]);
            }
            writer.finish();
        }
        assertTrue(run(1, args(model, "--valid", crop.toString(), "--geometry", "stretch")).contains("became square by crop"));
        run(0, args(model, "--valid", crop.toString()));
        assertEquals(Geometry.CROP, ModelCard.read(model.resolve(ModelCard.FILE)).geometry());
        run(0, args(model, "--from-scores", model.resolve("eval.safetensors").toString()));
        assertEquals(Geometry.CROP, ModelCard.read(model.resolve(ModelCard.FILE)).geometry());
        assertTrue(EvaluationReport.read(model.resolve("report/report.json")).cautions().stream().anyMatch(c -> c.contains("Nothing is known of the films")));
        assertTrue(refusalOfTraining(crop).contains("same pixels as a film that the weights were taught"));
    }

    /** Of fine-tuned weights that were taught films of the validation set. */
    private String refusalOfTraining(Path taught) throws IOException {
        Path weights = dir.resolve("before/weights.safetensors");
        Taught.add(Files.createDirectories(weights.getParent()), FilmSelection.all(FilmCache.open(taught)));
        Safetensors.write(weights, drawn(3));
        Files.writeString(weights.resolveSibling("training.json"), "{}");
        Path train = Toys.cache(dir.resolve("other"), 20, 7);
        return run(1, "train", "--data", train.toString(), "--valid", taught.toString(), "--from", weights.toString(), "--size",
            Integer.toString(Toys.SIZE), "--out", dir.resolve("out").toString());
    }
}
