package io.hilum.processor.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which metrics a query asks for, and by which labels. As much of PromQL as our own queries use. */
final class PromQl {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?\\w+}?");
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*]");
    private static final Pattern GROUPING = Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile("(?<![\\w:.])([a-zA-Z_:][\\w:]*)\\s*(\\{[^}]*})?(?!\\s*\\(|[\\w:])");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring");

    private PromQl() {}

    /** Names of labels that are matched, by metric. */
    static Map<String, Set<String>> selectors(String query) {
        String bare = TEXT.matcher(VARIABLE.matcher(query).replaceAll("1")).replaceAll("\"\"");
        bare = RANGE.matcher(bare).replaceAll("");
        bare = GROUPING.matcher(bare).replaceAll(" ");
        Map<String, Set<String>> selectors = new HashMap<>();
        Matcher selector = SELECTOR.matcher(bare);
        while (selector.find()) {
            if (!WORDS.contains(selector.group(1))) {
                Set<String> labels = selectors.computeIfAbsent(selector.group(1), name -> new TreeSet<>());
                Matcher matcher = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
                while (matcher.find()) {
                    labels.add(matcher.group(1));
                }
            }
        }
        return selectors;
    }

    /** What of a query nobody exports, one sentence each. */
    static List<String> problems(String query, Map<String, Set<String>> exported, Set<String> addedByPrometheus) {
        List<String> problems = new ArrayList<>();
        if (query.chars().filter(each -> each == '(').count() != query.chars().filter(each -> each == ')').count()) {
            problems.add("unbalanced parentheses in " + query);
        }
        Map<String, Set<String>> selectors = selectors(query);
        if (selectors.isEmpty()) {
            problems.add("no metric in " + query);
        }
        selectors.forEach((metric, labels) -> {
            Set<String> known = exported.get(metric);
            if (known == null) {
                problems.add("nobody exports " + metric + ", asked for in " + query);
            } else {
                labels.stream().filter(label -> !known.contains(label) && !addedByPrometheus.contains(label))
                        .forEach(label -> problems.add(metric + " has no label " + label + ", asked for in " + query));
            }
        });
        return problems;
    }
}
