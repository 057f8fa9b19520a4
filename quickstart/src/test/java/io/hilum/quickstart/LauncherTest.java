package io.hilum.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The launcher and what the documents say of it. */
class LauncherTest {

    private static final Path ROOT = Path.of(System.getProperty("hilum.root")).toAbsolutePath().normalize();
    private static final Pattern COMMAND = Pattern.compile("\\./hilum ([a-z][a-z-]*)");

    @Test
    void documentsNoCommandThatTheLauncherDoesNotHave() throws Exception {
        String help = run("--help").output();
        Set<String> missing = new TreeSet<>();
        for (Path document : documents()) {
            Matcher matcher = COMMAND.matcher(Files.readString(document));
            while (matcher.find()) {
                if (!Pattern.compile("(?m)^  " + matcher.group(1) + " ").matcher(help).find()) {
                    missing.add(matcher.group() + " in " + ROOT.relativize(document));
                }
            }
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void refusesAnUnknownCommandWithASentenceInsteadOfAStackTrace() throws Exception {
        Run run = run("diagnose");
        assertEquals(2, run.status());
        assertEquals("hilum: there is no command 'diagnose'. ./hilum --help lists them.", run.output().trim());
    }

    @Test
    void saysThatItIsNoDiagnosisBeforeAnythingElse() throws Exception {
        assertTrue(run("--help").output().lines().limit(3).anyMatch(line -> line.contains("Not a diagnosis")));
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT, 4)) {
            files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/") && !file.toString().contains("/data/"))
                    .forEach(documents::add);
        }
        return documents;
    }

    private record Run(int status, String output) {}

    private static Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("hilum").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
