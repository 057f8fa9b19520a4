package io.hilum.trainer.eval.html;

/** Builds one table; the first cell of each row is its header. Cells are markup already. */
final class Table {
    private final StringBuilder out = new StringBuilder();

    /** @param caption markup; empty for none */
    Table(String caption, String... heads) {
        out.append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>");
        if (!caption.isEmpty()) {
            out.append("<caption>").append(caption).append("</caption>");
        }
        out.append("<thead><tr>");
        for (String head : heads) {
            out.append("<th scope=\"col\">").append(head).append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
    }

    Table row(String head, String... cells) {
        out.append("<tr><th scope=\"row\">").append(head).append("</th>");
        for (String cell : cells) {
            out.append("<td>").append(cell).append("</td>");
        }
        out.append("</tr>\n");
        return this;
    }

    String html() {
        return out + "</tbody></table></div>\n";
    }
}
