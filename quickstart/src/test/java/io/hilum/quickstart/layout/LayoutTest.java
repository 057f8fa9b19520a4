package io.hilum.quickstart.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The house stays as it was designed: who depends on whom, where packages live, how long a file may grow. */
class LayoutTest {

    private static final int MOST_LINES = 400;
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern OURS = Pattern.compile("\\bio\\.hilum\\.\\w+");

    private final Path root = Path.of(System.getProperty("hilum.root", "..")).toAbsolutePath().normalize();

    @Test
    void hasNoModuleThatTheTableDoesNotKnow() throws IOException {
        assertEquals(new TreeSet<>(House.ROOMS.keySet()), new TreeSet<>(ModulePom.read(root.resolve("pom.xml")).modules()));
    }

    @Test
    void addsNoDependencyThatTheTableForbids() throws IOException {
        Map<String, String> folders = new HashMap<>();
        for (String folder : House.ROOMS.keySet()) {
            folders.put(pom(folder).artifact(), folder);
        }
        List<String> forbidden = new ArrayList<>();
        for (var room : House.ROOMS.entrySet()) {
            for (ModulePom.Dependency each : pom(room.getKey()).ours()) {
                String on = folders.getOrDefault(each.artifact(), each.artifact());
                boolean allowed = room.getValue().main().contains(on) || each.test() && room.getValue().test().contains(on);
                if (!allowed) {
                    forbidden.add(room.getKey() + "/pom.xml may not depend on " + on + (each.test() ? " in tests" : ""));
                }
            }
        }
        assertEquals(List.of(), forbidden, "The dependency table is in House.java, beside this test.");
    }

    @Test
    void importsNothingThroughTheBackDoorOfAnothersDependencies() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (var room : House.ROOMS.entrySet()) {
            Set<String> allowed = new HashSet<>(room.getValue().main());
            allowed.add(room.getKey());
            for (Path file : java(room.getKey(), "src/main/java")) {
                Matcher used = OURS.matcher(withoutComments(Files.readString(file)));
                while (used.find()) {
                    String owner = House.ownerOf(used.group());
                    if (!allowed.contains(String.valueOf(owner))) {
                        wrong.add(root.relativize(file) + " uses " + used.group() + " of " + owner);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void keepsEachPackageInItsModule() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String folder : House.ROOMS.keySet()) {
            for (String source : List.of("src/main/java", "src/test/java")) {
                for (Path file : java(folder, source)) {
                    Matcher declared = PACKAGE.matcher(Files.readString(file));
                    String name = declared.find() ? declared.group(1) : "";
                    Path place = root.resolve(folder).resolve(source).resolve(name.replace('.', '/'));
                    if (!folder.equals(House.ownerOf(name)) || !file.getParent().equals(place)) {
                        wrong.add(root.relativize(file) + " declares package " + name);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void letsNoFileGrowBeyondWhatOneIdeaNeeds() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String folder : House.ROOMS.keySet()) {
            for (Path file : java(folder, "src/main/java")) {
                try (Stream<String> lines = Files.lines(file)) {
                    long count = lines.count();
                    if (count > MOST_LINES) {
                        wrong.add(root.relativize(file) + " has " + count + " lines; at most " + MOST_LINES);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private ModulePom pom(String folder) throws IOException {
        return ModulePom.read(root.resolve(folder).resolve("pom.xml"));
    }

    private List<Path> java(String folder, String source) throws IOException {
        Path start = root.resolve(folder).resolve(source);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    private static String withoutComments(String java) {
        return java.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//[^\n]*", "").replaceAll("\"[^\"\n]*\"", "\"\"");
    }
}
