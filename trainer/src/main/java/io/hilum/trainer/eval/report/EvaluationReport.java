package io.hilum.trainer.eval.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code report.json}: one evaluation of one model.
 *
 * @param schema version of this form, {@link #SCHEMA}
 * @param protocol {@code hilum}: every choice from validation films; {@code paper}: the reference's choice on the test films
 * @param protocolNote what that means, in a sentence for the reader
 * @param disclaimer what the model must not be used for
 * @param notice said beside every result of this model; empty when there is none
 * @param cautions sentences that a reader must know before any number, made from the numbers
 * @param model what was measured
 * @param run how it was measured
 * @param choices one a label: what was chosen on the validation films
 * @param sets one a data set; the validation films first, where there are any
 * @param paper the reference's own figures; null unless the protocol is {@code paper}
 */
public record EvaluationReport(int schema, String protocol, String protocolNote, String disclaimer, String notice, List<String> cautions,
        ModelSection model, RunSection run, List<LabelChoice> choices, List<SetReport> sets, PaperReport paper) {
    /** The form written today. */
    public static final int SCHEMA = 1;
    /** The file's name in a report's folder. */
    public static final String FILE = "report.json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    public EvaluationReport {
        cautions = List.copyOf(cautions);
        choices = List.copyOf(choices);
        sets = List.copyOf(sets);
    }

    /** The same with one more caution, at the end. */
    public EvaluationReport with(String caution) {
        var all = new ArrayList<>(cautions);
        all.add(caution);
        return new EvaluationReport(schema, protocol, protocolNote, disclaimer, notice, all, model, run, choices, sets, paper);
    }

    public void write(Path file) throws IOException {
        Files.write(file, JSON.writeValueAsBytes(this));
    }

    public static EvaluationReport read(Path file) throws IOException {
        try {
            return JSON.readValue(file.toFile(), EvaluationReport.class);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no evaluation report: " + e.getOriginalMessage(), e);
        }
    }
}
