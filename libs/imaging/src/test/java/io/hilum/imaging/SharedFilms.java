package io.hilum.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The real films of the shared data folder, with what their manifests say. Tests skip, and say so, without it. */
public final class SharedFilms {

    private SharedFilms() {}

    /** @return the folder of shared data; skips the test when it is absent */
    public static Path data() {
        Path data = Path.of(System.getProperty("hilum.shared", "../shared"), "data");
        Assumptions.assumeTrue(Files.isDirectory(data),
                "SKIPPED: the shared films are not at " + data + " (set -Dhilum.shared)");
        return data;
    }

    /** @return rows of a manifest by column name; no value of ours has a comma */
    public static List<Map<String, String>> manifest(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        String[] names = lines.get(0).split(",");
        return lines.stream().skip(1).map(line -> {
            String[] values = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.length; i++) {
                row.put(names[i], values[i]);
            }
            return row;
        }).toList();
    }
}
