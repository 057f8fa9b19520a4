package io.hilum.imaging.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Between value bytes (little endian) and Java types (PS3.5 section 6.2). */
final class Values {

    private static final int DS_CHARACTERS = 16;

    private Values() {}

    static List<String> strings(Element.Plain element, CharacterSet characterSet) {
        Vr vr = element.vr();
        if (!vr.isText() && vr != Vr.UN) {
            return numbersAsStrings(element);
        }
        String all = vr.isLocalText() || vr == Vr.UN
                ? characterSet.decode(element.value(), vr)
                : new String(element.value(), StandardCharsets.ISO_8859_1);
        if (vr.isSingleText()) {
            return List.of(trim(all, false));
        }
        List<String> values = new ArrayList<>();
        int start = 0;
        for (int end = all.indexOf('\\'); end >= 0; end = all.indexOf('\\', start)) {
            values.add(trim(all.substring(start, end), true));
            start = end + 1;
        }
        values.add(trim(all.substring(start), true));
        return values;
    }

    private static List<String> numbersAsStrings(Element.Plain element) {
        return switch (element.vr()) {
            case AT, SL, SS, UL, US -> Arrays.stream(integers(element)).mapToObj(Integer::toString).toList();
            case FD, FL -> Arrays.stream(decimals(element)).mapToObj(Double::toString).toList();
            default -> List.of();
        };
    }

    /** Padding is a trailing space or NUL; leading spaces count only in long texts. */
    private static String trim(String text, boolean leading) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) <= ' ') {
            end--;
        }
        int start = 0;
        while (leading && start < end && text.charAt(start) <= ' ') {
            start++;
        }
        return text.substring(start, end);
    }

    static int[] integers(Element.Plain element) {
        ByteBuffer value = ByteBuffer.wrap(element.value()).order(ByteOrder.LITTLE_ENDIAN);
        int count = element.value().length / element.vr().unit();
        switch (element.vr()) {
            case US -> {
                return fill(count, i -> value.getShort(2 * i) & 0xFFFF);
            }
            case OW, SS -> {
                return fill(count, i -> value.getShort(2 * i));
            }
            case UL, SL, OL -> {
                return fill(count, i -> value.getInt(4 * i));
            }
            case AT -> {
                return fill(count / 2, i -> Tag.of(value.getShort(4 * i), value.getShort(4 * i + 2)));
            }
            case IS, DS -> {
                double[] numbers = decimals(element);
                boolean whole = Arrays.stream(numbers).allMatch(n -> n == Math.rint(n) && Math.abs(n) < 1L << 31);
                return whole ? Arrays.stream(numbers).mapToInt(n -> (int) n).toArray() : new int[0];
            }
            default -> {
                return new int[0];
            }
        }
    }

    private static int[] fill(int count, java.util.function.IntUnaryOperator at) {
        int[] values = new int[count];
        Arrays.setAll(values, at);
        return values;
    }

    static double[] decimals(Element.Plain element) {
        ByteBuffer value = ByteBuffer.wrap(element.value()).order(ByteOrder.LITTLE_ENDIAN);
        double[] numbers;
        switch (element.vr()) {
            case DS, IS -> numbers = parse(strings(element, CharacterSet.DEFAULT));
            case FL, OF -> {
                numbers = new double[element.value().length / 4];
                Arrays.setAll(numbers, i -> value.getFloat(4 * i));
            }
            case FD, OD -> {
                numbers = new double[element.value().length / 8];
                Arrays.setAll(numbers, i -> value.getDouble(8 * i));
            }
            case UL -> numbers = Arrays.stream(integers(element)).mapToDouble(Integer::toUnsignedLong).toArray();
            default -> numbers = Arrays.stream(integers(element)).asDoubleStream().toArray();
        }
        return Arrays.stream(numbers).allMatch(Double::isFinite) ? numbers : new double[0];
    }

    private static double[] parse(List<String> texts) {
        double[] numbers = new double[texts.size()];
        for (int i = 0; i < numbers.length; i++) {
            // parseDouble also takes "1d" and hexadecimal, which DICOM does not.
            if (!texts.get(i).matches("[+-]?[0-9]*\\.?[0-9]*([eE][+-]?[0-9]+)?") || !texts.get(i).matches(".*[0-9].*")) {
                return new double[0];
            }
            try {
                numbers[i] = Double.parseDouble(texts.get(i));
            } catch (NumberFormatException e) {
                return new double[0];
            }
        }
        return numbers;
    }

    static Optional<LocalDate> date(String text) {
        String digits = text.length() == 10 ? text.replace(".", "") : text;
        try {
            return digits.matches("[0-9]{8}")
                    ? Optional.of(LocalDate.of(number(digits, 0, 4), number(digits, 4, 6), number(digits, 6, 8)))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<LocalTime> time(String text) {
        String digits = text.replace(":", "");
        if (!digits.matches("[0-9]{2}([0-9]{2}([0-9]{2}(\\.[0-9]{1,6})?)?)?")) {
            return Optional.empty();
        }
        try {
            String full = (digits + "000000".substring(Math.min(6, digits.length()))).replace(".", "");
            String nanos = (full + "000000000").substring(6, 15);
            // 60 is a leap second (PS3.5 table 6.2-1), which LocalTime does not know.
            return Optional.of(LocalTime.of(number(full, 0, 2), number(full, 2, 4), Math.min(59, number(full, 4, 6)),
                    Integer.parseInt(nanos)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(String digits, int start, int end) {
        return Integer.parseInt(digits.substring(start, end));
    }

    static byte[] ofStrings(int tag, Vr vr, CharacterSet characterSet, String... values) {
        if (!vr.isText()) {
            throw new IllegalArgumentException(Tag.toString(tag) + " is " + vr + ", which takes no text; give the VR "
                    + "when the tag is private or not in the dictionary");
        }
        String all = String.join("\\", values);
        byte[] bytes = (vr.isLocalText() ? characterSet : CharacterSet.DEFAULT).encode(all, vr);
        return even(bytes, vr.padding());
    }

    static byte[] ofIntegers(int tag, Vr vr, int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        switch (vr) {
            case IS -> {
                String[] texts = Arrays.stream(values).mapToObj(Integer::toString).toArray(String[]::new);
                return ofStrings(tag, vr, CharacterSet.DEFAULT, texts);
            }
            case US, SS, OW -> Arrays.stream(values).forEach(value -> bytes.putShort((short) value));
            case UL, SL, OL -> Arrays.stream(values).forEach(bytes::putInt);
            case AT -> Arrays.stream(values).forEach(value ->
                    bytes.putShort((short) Tag.group(value)).putShort((short) Tag.element(value)));
            default -> throw new IllegalArgumentException(Tag.toString(tag) + " is " + vr + ", which takes no integers");
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    static byte[] ofDecimals(int tag, Vr vr, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
        switch (vr) {
            case DS -> {
                String[] texts = Arrays.stream(values).mapToObj(Values::decimalString).toArray(String[]::new);
                return ofStrings(tag, vr, CharacterSet.DEFAULT, texts);
            }
            case FL -> Arrays.stream(values).forEach(value -> bytes.putFloat((float) value));
            case FD -> Arrays.stream(values).forEach(bytes::putDouble);
            default -> throw new IllegalArgumentException(Tag.toString(tag) + " is " + vr + ", which takes no decimals");
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** The longest form that fits 16 characters (PS3.5 table 6.2-1). */
    private static String decimalString(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("DICOM's decimal string cannot hold " + value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = Double.toString(value);
        for (int digits = 15; text.length() > DS_CHARACTERS; digits--) {
            text = String.format(java.util.Locale.ROOT, "%." + digits + "g", value);
        }
        return text;
    }

    static byte[] even(byte[] bytes, byte padding) {
        if (bytes.length % 2 == 0) {
            return bytes;
        }
        byte[] even = Arrays.copyOf(bytes, bytes.length + 1);
        even[bytes.length] = padding;
        return even;
    }
}
