package io.hilum.trainer.eval.html;

import io.hilum.model.card.Interval;
import java.util.Locale;

/** Words and numbers as a page shows them. */
final class Text {
    /** What stands where nothing can be said. */
    static final String NONE = "<span class=\"none\" title=\"cannot be said\">–</span>";

    private Text() {}

    /** Safe inside of elements and attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Value with its 95 % interval, three digits; in a table the interval stands below the value. */
    static String interval(Interval interval) {
        return interval == null ? NONE : format("<span class=\"ci\">%.3f <small>(%.3f to %.3f)</small></span>", interval.value(), interval.low(), interval.high());
    }

    /** Likewise, without any markup. */
    static String plain(Interval interval) {
        return interval == null ? "not known" : format("%.3f (%.3f to %.3f)", interval.value(), interval.low(), interval.high());
    }

    static String number(Double value) {
        return value == null || value.isNaN() ? NONE : format("%.3f", value);
    }

    /** A whole number with thin spaces between thousands. */
    static String count(long value) {
        return format("%,d", value).replace(",", "&#8239;");
    }

    static String percent(double share) {
        return format("%.1f&nbsp;%%", 100 * share);
    }

    /** A sentence with its full stop. */
    static String sentence(String text) {
        String stripped = text.strip();
        return escape(stripped.endsWith(".") ? stripped : stripped + ".");
    }

    /** A name that can be linked to. */
    static String anchor(String... parts) {
        return String.join("-", parts).replaceAll("[^A-Za-z0-9-]", "_");
    }
}
