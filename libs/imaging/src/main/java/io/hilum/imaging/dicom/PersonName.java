package io.hilum.imaging.dicom;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A person name (VR PN, PS3.5 section 6.2.1): up to three writings of the same name.
 *
 * @param alphabetic e.g. {@code Yamada^Tarou}
 * @param ideographic e.g. in kanji, never null, often empty
 * @param phonetic e.g. in kana, never null, often empty
 */
public record PersonName(String alphabetic, String ideographic, String phonetic) {

    /** The five components of a component group, in their order. */
    public enum Component { FAMILY, GIVEN, MIDDLE, PREFIX, SUFFIX }

    /** @param value one value of a PN, groups separated by "=", components by "^"; more than three are dropped */
    public static PersonName parse(String value) {
        String[] groups = value.split("=", -1);
        return new PersonName(group(groups, 0), group(groups, 1), group(groups, 2));
    }

    private static String group(String[] groups, int index) {
        // Trailing empty components and spaces carry no meaning.
        return index < groups.length ? groups[index].replaceAll("[\\s^]+$", "").strip() : "";
    }

    /** @return a component of the alphabetic writing (of the first one there is, when that is empty), or "" */
    public String component(Component component) {
        String[] parts = firstWriting().split("\\^", -1);
        return component.ordinal() < parts.length ? parts[component.ordinal()].strip() : "";
    }

    /** @return for people to read: prefix, given, middle, family, suffix */
    public String display() {
        return Stream.of(Component.PREFIX, Component.GIVEN, Component.MIDDLE, Component.FAMILY, Component.SUFFIX)
                .map(this::component)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private String firstWriting() {
        return Stream.of(alphabetic, ideographic, phonetic).filter(w -> !w.isEmpty()).findFirst().orElse("");
    }

    /** The DICOM form: groups separated by "=", empty ones at the end left out. */
    @Override
    public String toString() {
        return (alphabetic + "=" + ideographic + "=" + phonetic).replaceAll("=+$", "");
    }
}
