package io.hilum.benchmarks.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The tests that hold our numbers against the reference's: those tagged {@code golden}, run by Maven, counted from its
 * reports. So a number is checked in one place, and this and {@code ./hilum test} cannot differ.
 *
 * @param byFolder of the reference values: how many tests that read it passed, failed and were skipped
 */
record Goldens(int passed, int failed, int skipped, List<String> failures, Map<String, Count> byFolder) {
    /** Folders of reference values; those of later issues (localisation) are not among them. */
    static final List<String> FOLDERS = List.of("checkpoints", "forward_ti", "layer_norm", "grad_cam", "pretrain_loss",
        "finetune_steps", "recipe", "transforms", "metrics", "interpolation");
    private static final List<String> MODULES = List.of("libs/model", "trainer");
    private static final String SUFFIX = "golden";
    /** What the tests print when they open a folder of reference values. */
    private static final String MARK = "golden: ";

    /** Of the tests that read one folder. */
    record Count(int passed, int failed, int skipped) {
        private Count plus(boolean isFailed, boolean isSkipped) {
            return new Count(passed + (isFailed || isSkipped ? 0 : 1), failed + (isFailed ? 1 : 0), skipped + (isSkipped ? 1 : 0));
        }
    }

    /**
     * @param root of the repository
     * @param shared the folder that holds {@code golden}
     * @param log where Maven's words go
     */
    static Goldens run(Path root, Path shared, Path log) throws IOException {
        for (Path report : reports(root)) {
            Files.delete(report);
        }
        var builder = new ProcessBuilder("mvn", "-B", "-ntp", "-pl", String.join(",", MODULES), "-am", "test",
            "-Dgroups=golden", "-Dsurefire.failIfNoSpecifiedTests=false", "-Dmaven.test.failure.ignore=true",
            "-Dsurefire.reportNameSuffix=" + SUFFIX, "-Dhilum.shared=" + shared);
        Process maven = builder.directory(root.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            if (maven.waitFor() != 0) {
                throw new IOException("Maven could not run the tests of the reference's numbers; see " + log + ".");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the reference's numbers were tested.", e);
        } finally {
            maven.destroy();
        }
        return count(reports(root));
    }

    private static List<Path> reports(Path root) throws IOException {
        List<Path> out = new ArrayList<>();
        for (String module : MODULES) {
            Path folder = root.resolve(module).resolve("target/surefire-reports");
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.getFileName().toString().matches("TEST-.*-" + SUFFIX + "\\.xml")).forEach(out::add);
                }
            }
        }
        return out;
    }

    /** Counts what JUnit reports say. */
    static Goldens count(List<Path> reports) throws IOException {
        int passed = 0;
        int failed = 0;
        int skipped = 0;
        var failures = new ArrayList<String>();
        var byFolder = new TreeMap<String, Count>();
        for (Path report : reports) {
            NodeList tests = parse(report).getElementsByTagName("testcase");
            for (int i = 0; i < tests.getLength(); i++) {
                Element test = (Element) tests.item(i);
                boolean isFailed = has(test, "failure") || has(test, "error");
                boolean isSkipped = has(test, "skipped");
                passed += isFailed || isSkipped ? 0 : 1;
                failed += isFailed ? 1 : 0;
                skipped += isSkipped ? 1 : 0;
                if (isFailed) {
                    failures.add(test.getAttribute("classname").replaceAll(".*\\.", "") + "." + test.getAttribute("name"));
                }
                test.getTextContent().lines().map(String::strip).filter(line -> line.startsWith(MARK)).map(line -> line.substring(MARK.length())).distinct()
                    .forEach(folder -> byFolder.put(folder, byFolder.getOrDefault(folder, new Count(0, 0, 0)).plus(isFailed, isSkipped)));
            }
        }
        return new Goldens(passed, failed, skipped, failures, byFolder);
    }

    private static boolean has(Element test, String child) {
        return test.getElementsByTagName(child).getLength() > 0;
    }

    private static Element parse(Path report) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(report.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("The test report " + report + " is not readable.", e);
        }
    }
}
