package io.hilum.trainer.experiment;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes a training's log on and keeps the numbers of its curves. One thread. */
final class CurveLog extends PrintStream {
    private static final Pattern VALIDATION = Pattern.compile("epoch ([0-9.]+) +validation AUC ([0-9.]+).*", Pattern.DOTALL);
    private static final Pattern LOSS = Pattern.compile("epoch ([0-9.]+) +step.* loss (-?[0-9.]+).*", Pattern.DOTALL);
    private final List<double[]> validation = new ArrayList<>();
    private final List<double[]> loss = new ArrayList<>();

    CurveLog(PrintStream to) {
        super(to, true);
    }

    @Override
    public void println(Object line) {
        take(String.valueOf(line));
        super.println(line);
    }

    @Override
    public void println(String line) {
        take(line);
        super.println(line);
    }

    @Override
    public PrintStream printf(Locale locale, String format, Object... values) {
        String text = String.format(locale, format, values);
        take(text);
        super.print(text);
        return this;
    }

    private void take(String line) {
        add(VALIDATION, line, validation);
        add(LOSS, line, loss);
    }

    private static void add(Pattern pattern, String line, List<double[]> to) {
        Matcher m = pattern.matcher(line);
        if (m.matches()) {
            to.add(new double[] {Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))});
        }
    }

    /** Epoch and AUC of each validation of this process. */
    List<double[]> validation() {
        return validation;
    }

    /** Epoch and smoothed loss, one pair for each line of progress. */
    List<double[]> loss() {
        return loss;
    }
}
