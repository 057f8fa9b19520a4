package io.hilum.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hilum.contracts.Disclaimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages' sources must and must not hold. */
class PageTextTest {

    private static final Path PAGES = Path.of("src/main/resources/META-INF/resources");

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "admin.html"})
    void noPageLeavesWithoutTheDisclaimerInHeaderAndFooter(String page) throws IOException {
        assertEquals(3, Files.readString(PAGES.resolve(page)).split(Disclaimer.TEXT, -1).length);
    }

    @Test
    void nothingIsLoadedFromElsewhereAndNoTextBecomesMarkup() throws IOException {
        List<Path> sources;
        try (Stream<Path> all = Files.walk(PAGES)) {
            sources = all.filter(path -> path.toString().matches(".*\\.(html|js|css)")).toList();
        }
        for (Path source : sources) {
            String text = Files.readString(source);
            for (String forbidden : List.of("https://", "http://", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
                    "eval(", " style=\"", "@import")) {
                assertFalse(text.contains(forbidden), source + " holds " + forbidden);
            }
        }
    }
}
