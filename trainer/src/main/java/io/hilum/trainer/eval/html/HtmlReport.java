package io.hilum.trainer.eval.html;

import io.hilum.trainer.eval.report.EvaluationReport;
import io.hilum.trainer.eval.report.SetReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The report as one page: what to know before the numbers, the numbers, and how they came about. Nothing outside of the page is
 * loaded. The same report gives the same page.
 */
public final class HtmlReport {
    /** The file's name in a report's folder. */
    public static final String FILE = "report.html";
    /** More cautions than these are folded away, the first stay. */
    private static final int CAUTIONS = 10;

    private HtmlReport() {}

    public static String of(EvaluationReport report) {
        String title = "Evaluation of " + report.model().name() + ", version " + report.model().version();
        StringBuilder out = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\"><title>"
            + Text.escape(title) + "</title>\n<style>" + style() + "</style></head>\n<body><header><h1>" + Text.escape(title) + "</h1>\n<p class=\"sub\">"
            + Text.escape(report.model().architecture()) + ", " + report.model().inputSize() + " pixels · " + report.model().labels().size() + " labels · measured "
            + Text.escape(report.run().at()) + "</p>\n<p class=\"disclaimer\">" + Text.escape(report.disclaimer()) + "</p>\n");
        boolean paper = report.paper() != null;
        out.append("<p class=\"").append(paper ? "caution" : "note").append("\"><b>Protocol: ").append(Text.escape(report.protocol())).append(".</b> ")
            .append(Text.escape(report.protocolNote())).append("</p></header>\n<main>\n");
        out.append(cautions(report.cautions())).append(glance(report)).append(contents(report));
        if (paper) {
            out.append(Background.paper(report.paper()));
        }
        boolean onlyValidation = report.sets().stream().allMatch(s -> s.role().equals(SetReport.VALIDATION));
        report.sets().stream().filter(s -> onlyValidation || !s.role().equals(SetReport.VALIDATION)).forEach(s -> out.append(SetSection.of(s, true)));
        out.append(Background.films(report));
        if (!paper) {
            out.append(Background.choices(report));
        }
        report.sets().stream().filter(s -> !onlyValidation && s.role().equals(SetReport.VALIDATION)).forEach(s -> out.append(SetSection.of(s, false)));
        out.append(Background.lineage(report)).append(Background.method(report.run()));
        return out.append("</main>\n<footer><p class=\"disclaimer\">").append(Text.escape(report.disclaimer()))
            .append("</p><p>Every number of this page, and more, is in report.json beside it.</p></footer></body></html>\n").toString();
    }

    private static String cautions(List<String> cautions) {
        if (cautions.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("<section><h2 id=\"cautions\">Before the numbers</h2>\n<ul class=\"cautions\">");
        for (int i = 0; i < cautions.size(); i++) {
            if (i == CAUTIONS) {
                out.append("</ul><details><summary>").append(cautions.size() - CAUTIONS).append(" more</summary><ul class=\"cautions\">");
            }
            out.append("<li>").append(Text.escape(cautions.get(i))).append("</li>\n");
        }
        return out.append(cautions.size() > CAUTIONS ? "</ul></details>" : "</ul>").append("</section>\n").toString();
    }

    private static String glance(EvaluationReport report) {
        Table table = new Table("AUC and average precision are means over the labels that can be evaluated. Drawing: AUC from 0 to 1, line at 0.5", "set", "films",
            "patients or groups", "labels in the mean", "", "mean AUC", "mean average precision");
        for (SetReport set : report.sets()) {
            String flattered = set.role().equals(SetReport.TEST) ? "" : " <small>(flattered)</small>";
            table.row("<a href=\"#" + Text.anchor(set.name()) + "\">" + Text.escape(set.name()) + "</a>" + flattered, Text.count(set.films()), Text.count(set.clusters()),
                set.meanOver().size() + " of " + set.labels().size(), Bar.of(set.meanAuc(), 0, 1, 0.5), Text.interval(set.meanAuc()),
                Text.interval(set.meanAveragePrecision()));
        }
        return "<section><h2 id=\"glance\">At a glance</h2>\n" + table.html() + "</section>\n";
    }

    private static String contents(EvaluationReport report) {
        StringBuilder out = new StringBuilder("<nav aria-label=\"Contents\">");
        report.sets().forEach(s -> out.append("<a href=\"#").append(Text.anchor(s.name())).append("\">").append(Text.escape(s.name())).append("</a> "));
        out.append("<a href=\"#films\">films</a> ").append(report.paper() == null ? "<a href=\"#choices\">choices</a> " : "");
        return out.append("<a href=\"#model\">model</a> <a href=\"#method\">method</a></nav>\n").toString();
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
