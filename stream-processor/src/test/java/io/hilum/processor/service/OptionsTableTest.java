package io.hilum.processor.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.processor.service.OptionsSource.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table of options is cut from the code; with {@code -Dhilum.docs.write=true} this writes it. */
class OptionsTableTest {

    private static final String HOW = "Write it anew: mvn -pl stream-processor -am test -Dtest=OptionsTableTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dhilum.docs.write=true";
    private static final String BEGIN = "<!-- The options: cut from ProcessorConfig and ClusterConfig by OptionsTableTest, not written by hand. -->\n";
    private static final String END = "<!-- The end of the options. -->\n";
    private static final Path README = Path.of("README.md");
    private static final Path SOURCES = Path.of("src/main/java/io/hilum/processor/service");

    @Test
    void theReadmeSaysNothingElseThanTheCode() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        assertTrue(begin >= 0 && end > begin, "README.md must hold the lines\n" + BEGIN + END);
        String written = readme.substring(0, begin + BEGIN.length()) + table(options()) + readme.substring(end);
        if (Boolean.getBoolean("hilum.docs.write")) {
            Files.writeString(README, written);
        }
        String now = Files.readString(README);
        List<String> missing = new ArrayList<>(written.lines().toList());
        missing.removeAll(now.lines().toList());
        assertTrue(written.equals(now), "README.md differs from the options in the code. " + HOW + "\nIt lacks: " + missing);
    }

    @Test
    void noOptionHidesItsFailureMode() throws IOException {
        List<String> silent = options().stream()
                .filter(option -> option.what().isEmpty() || option.wrong().isEmpty()).map(Option::name).toList();
        assertEquals(List.of(), silent, "The first sentence of an option's documentation says what it is, the rest what goes wrong.");
    }

    @Test
    void readsNestedOptionsDefaultsAndNamesAsTheServiceDoes() throws IOException {
        Option nested = options().stream().filter(each -> each.name().equals("hilum.processor.batch.max-queued-bytes")).findFirst().orElseThrow();
        assertEquals("67108864", nested.defaultValue().orElseThrow());
        assertEquals("HILUM_PROCESSOR_BATCH_MAX_QUEUED_BYTES", nested.variable());
        assertEquals("Memory for waiting images, in bytes.", nested.what());
        assertEquals("Too large: the heap ends before back-pressure begins.", nested.wrong());
    }

    private static List<Option> options() throws IOException {
        List<Option> all = new ArrayList<>(OptionsSource.read(SOURCES.resolve("ProcessorConfig.java")));
        all.addAll(OptionsSource.read(SOURCES.resolve("ClusterConfig.java")));
        return all;
    }

    private static String table(List<Option> options) {
        return options.stream().map(option -> "| `%s`<br>`%s` | %s | %s | %s |\n".formatted(option.name(), option.variable(),
                        option.defaultValue().map(value -> "`" + value + "`").orElse("none"), cell(option.what()), cell(option.wrong())))
                .collect(Collectors.joining("", "| option, variable | default | what it is | what goes wrong |\n|---|---|---|---|\n", ""));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
