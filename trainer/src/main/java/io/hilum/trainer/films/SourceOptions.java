package io.hilum.trainer.films;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which data set is read, and how. Checked against each other before any file is opened. */
final class SourceOptions {
    /** The forms that data sets come in, by the names used in options. */
    enum Form { CSV, CXR14, CXR14_LISTS, CHEXPERT, COVIDX3, COVIDX4, CXR14_MINI, COVIDX_MINI }

    @Option(names = "--form", defaultValue = "csv", converter = FormConverter.class, description = {
        "csv (any table, --csv), cxr14 (NIH's own files), cxr14-lists (IMAGE and 14 labels a line, --list), chexpert, ",
        "covidx3, covidx4 (text lists, 3 or 2 classes), cxr14-mini, covidx-mini"})
    Form form;
    @Option(names = "--data", description = "folder of the data set, with its tables or lists under their usual names and its images")
    Path data;
    @Option(names = "--csv", description = "for --form csv: a table with a header line, a column image and one column for each label (1, 0; -1 or nothing: not known)")
    Path csv;
    @Option(names = "--list", description = "SPLIT=FILE, repeatable: for the forms with a list or table for each split, in place of the usual names")
    Map<String, Path> lists = new LinkedHashMap<>();
    @Option(names = "--images", description = "folder of the images, repeatable; without: the data set's folder")
    List<Path> images = new ArrayList<>();
    @Option(names = "--label", split = ",", description = {"labels in the order of the model's outputs; without: the form's usual ones. ",
        "For --form csv names of columns, or NAME=COLUMN"})
    List<String> labels = new ArrayList<>();
    @Option(names = "--absent-label-unknown", defaultValue = "false", description = "for --form csv: a label without a column is not known of any film, instead of an error")
    boolean absentLabelUnknown;
    @Option(names = "--cluster", description = {"for --form csv: column of what must stay together in splits and intervals, in place of the patient; ",
        "too fine a one lets a patient be taught and measured"})
    String cluster;
    @Option(names = "--column", description = {"ROLE=COLUMN, repeatable, for --form csv: where a column has another name than usual; ROLE is one of ",
        "image, patient, split, age, sex, view, source, width, height"})
    Map<String, String> columns = new LinkedHashMap<>();
    @Option(names = "--patient-prefix", description = "for --form csv: put before patients' keys, so that two hospitals' numbers are not taken for one patient")
    String patientPrefix;
    @Option(names = "--uncertain", converter = UncertaintyConverter.class, description = {
        "for --form chexpert: -1 becomes zeros, ones, ignore (unknown), or eva-x as published, which holds without (1 for Edema and Atelectasis, ",
        "0 for Cardiomegaly, Consolidation, Pleural Effusion)"})
    Uncertainty uncertain;
    @Option(names = "--missing", description = "for --form chexpert: a label not mentioned becomes zero, as published (holds without), or unknown")
    String missing;
    @Option(names = "--lateral", defaultValue = "false", description = "for --form chexpert: take lateral films too; the service scores none")
    boolean lateral;

    DataSet.Source source(String description) {
        boolean folder = form != Form.CSV;
        if (data != null && !Files.isDirectory(data)) {
            throw new IllegalArgumentException("There is no folder " + data + ".");
        }
        if (folder != (data != null) || !folder != (csv != null)) {
            throw new IllegalArgumentException("--form csv wants --csv FILE, every other form --data FOLDER.");
        }
        if (!folder && labels.isEmpty()) {
            throw new IllegalArgumentException("--form csv wants --label with the columns of the labels.");
        }
        if (folder && (cluster != null || patientPrefix != null || !columns.isEmpty() || absentLabelUnknown)) {
            throw new IllegalArgumentException("--cluster, --column, --patient-prefix and --absent-label-unknown are for --form csv.");
        }
        refuseIgnored();
        if (missing != null && !missing.equals("zero") && !missing.equals("unknown")) {
            throw new IllegalArgumentException("--missing is zero or unknown, not '" + missing + "'.");
        }
        return switch (form) {
            case CSV -> table(description == null ? "films of " + csv.getFileName() : description);
            case CXR14 -> new ChestXray14(data, labels);
            case CXR14_LISTS -> new ChestXray14Lists(data, named(), labels);
            case CHEXPERT -> new CheXpert(data, lists, labels, uncertain == null ? Uncertainty.EVA_X : uncertain, !"unknown".equals(missing), lateral);
            case COVIDX3 -> new CovidX(data, lists, labels.isEmpty() ? CovidX.THREE : labels);
            case COVIDX4 -> new CovidX(data, lists, labels.isEmpty() ? CovidX.TWO : labels);
            case CXR14_MINI -> PlainCsv.cxr14Mini(data, labels);
            case COVIDX_MINI -> PlainCsv.covidxMini(data);
        };
    }

    /** An option that would change nothing was meant to change something. */
    private void refuseIgnored() {
        if (form != Form.CHEXPERT && (uncertain != null || missing != null || lateral)) {
            throw new IllegalArgumentException("--uncertain, --missing and --lateral are for --form chexpert.");
        }
        if (!lists.isEmpty() && Set.of(Form.CSV, Form.CXR14, Form.CXR14_MINI, Form.COVIDX_MINI).contains(form)) {
            throw new IllegalArgumentException("--list is for --form cxr14-lists, chexpert, covidx3 and covidx4.");
        }
        if (form == Form.COVIDX_MINI && !labels.isEmpty()) {
            throw new IllegalArgumentException("--form covidx-mini has one label of its own, so it takes no --label.");
        }
    }

    private Map<String, Path> named() {
        if (lists.isEmpty()) {
            throw new IllegalArgumentException("--form cxr14-lists wants --list SPLIT=FILE for each list.");
        }
        return lists;
    }

    private PlainCsv table(String description) {
        Map<PlainCsv.Role, String> places = new LinkedHashMap<>();
        columns.forEach((name, column) -> places.put(role(name), column));
        if (cluster != null) {
            places.put(PlainCsv.Role.CLUSTER, cluster);
        }
        return new PlainCsv(csv, description, PlainCsv.labels(labels), places,
            patientPrefix == null ? Map.of() : Map.of(PlainCsv.Role.PREFIX, patientPrefix), absentLabelUnknown);
    }

    private static PlainCsv.Role role(String name) {
        for (PlainCsv.Role role : PlainCsv.Role.values()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(name) && role != PlainCsv.Role.PREFIX && role != PlainCsv.Role.CLUSTER) {
                return role;
            }
        }
        throw new IllegalArgumentException("--column knows no '" + name + "': image, patient, split, age, sex, view, source, width or height.");
    }

    /** Where images are looked for. */
    List<Path> folders() {
        List<Path> out = new ArrayList<>(images);
        if (data != null && out.isEmpty()) {
            out.add(data);
            if (Files.isDirectory(data.resolve("images"))) {
                out.add(data.resolve("images"));
            }
        }
        if (csv != null && out.isEmpty()) {
            out.add(csv.toAbsolutePath().getParent());
        }
        for (Path folder : images) {
            if (!Files.isDirectory(folder)) {
                throw new IllegalArgumentException("There is no folder " + folder + ".");
            }
        }
        return out;
    }

    /** Names in options: lower case with hyphens. */
    private static <E extends Enum<E>> E of(Class<E> type, String text) {
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
                return value;
            }
        }
        throw new picocli.CommandLine.TypeConversionException("'" + text + "' is not known; see --help");
    }

    static final class FormConverter implements picocli.CommandLine.ITypeConverter<Form> {
        @Override
        public Form convert(String text) {
            return of(Form.class, text);
        }
    }

    static final class UncertaintyConverter implements picocli.CommandLine.ITypeConverter<Uncertainty> {
        @Override
        public Uncertainty convert(String text) {
            return of(Uncertainty.class, text);
        }
    }
}
