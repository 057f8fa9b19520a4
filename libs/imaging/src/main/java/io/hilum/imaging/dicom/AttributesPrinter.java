package io.hilum.imaging.dicom;

/** A dataset as text for people: one line an element. */
final class AttributesPrinter {

    private static final int SHOWN_CHARACTERS = 64;

    private AttributesPrinter() {}

    static String print(Attributes attributes) {
        StringBuilder text = new StringBuilder();
        print(attributes, "", text);
        return text.toString();
    }

    private static void print(Attributes attributes, String indent, StringBuilder text) {
        for (Element element : attributes.elements()) {
            text.append(indent).append(Tag.toString(element.tag())).append(' ').append(element.vr()).append(' ');
            if (element instanceof Element.Sequence sequence) {
                text.append(sequence.items().size()).append(" items\n");
                sequence.items().forEach(item -> print(item, indent + "  ", text));
            } else if (element instanceof Element.Encapsulated pixels) {
                text.append(pixels.fragments().size()).append(" fragments\n");
            } else {
                text.append(value(attributes, (Element.Plain) element)).append('\n');
            }
        }
    }

    private static String value(Attributes attributes, Element.Plain element) {
        boolean opaque = element.value().length > 4096 || element.vr().name().startsWith("O") || element.vr() == Vr.UN;
        if (opaque) {
            return element.value().length + " bytes";
        }
        String shown = String.join("\\", attributes.strings(element.tag()));
        return shown.length() <= SHOWN_CHARACTERS ? shown : shown.substring(0, SHOWN_CHARACTERS) + "...";
    }
}
