package io.hilum.quickstart.letters;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hilum.contracts.event.DeadLetter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Letters for people and for programs. */
public final class LetterText {

    private static final String ROW = "%-9s %-20s %-22s %-12s %-66s %s";
    private static final int CAUSE = 80;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LetterText() {}

    public static String heading() {
        return ROW.formatted("ID", "TIME", "CODE", "SITE", "ABOUT", "CAUSE");
    }

    /** One line of the table; the cause is shortened, everything else is whole. */
    public static String row(Letter letter) {
        DeadLetter body = letter.body();
        return ROW.formatted(letter.id(), letter.at().truncatedTo(ChronoUnit.SECONDS), body.getCauseCode(), body.getSite(),
                letter.about(), shortened(oneLine(body.getCause())));
    }

    /** Everything, one fact a line, and what to do. */
    public static String page(Letter letter) {
        Map<String, String> facts = facts(letter);
        facts.put("headers", letter.headers().entrySet().stream().map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(System.lineSeparator() + " ".repeat(12))));
        facts.put("what to do", Advice.of(letter));
        return facts.entrySet().stream().filter(fact -> !fact.getValue().isEmpty())
                .map(fact -> "%-11s %s".formatted(fact.getKey(), fact.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** The same as one JSON object on one line. */
    public static String json(Letter letter) {
        ObjectNode object = JSON.createObjectNode();
        facts(letter).forEach(object::put);
        return object.toString();
    }

    private static Map<String, String> facts(Letter letter) {
        DeadLetter body = letter.body();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("id", letter.id().toString());
        facts.put("at", letter.at().toString());
        facts.put("code", body.getCauseCode());
        facts.put("kind", body.getKind().name());
        facts.put("cause", body.getCause());
        facts.put("detail", body.getDetail());
        facts.put("site", body.getSite());
        facts.put("study", body.getStudyUid());
        facts.put("image", body.getSopInstanceUid());
        facts.put("object", body.getObjectUri());
        facts.put("sender", body.getSender());
        facts.put("service", body.getOrigin().getService());
        facts.put("origin", letter.isOfRecord() ? body.getOrigin().getTopic() + "-" + body.getOrigin().getPartition() + "@"
                + body.getOrigin().getOffset() : "");
        facts.put("record", body.getRecordValue().isEmpty() ? "" : body.getRecordValue().size() + " bytes"
                + (letter.holdsRecord() ? "" : ", cut") + (body.getRecordSchema().isEmpty() ? "" : ", " + body.getRecordSchema()));
        return facts;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String shortened(String text) {
        return text.length() <= CAUSE ? text : text.substring(0, CAUSE - 3) + "...";
    }
}
