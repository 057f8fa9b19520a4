package io.hilum.benchmarks.chaos.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The files of a run's folder: one JSON object a line. */
public final class Records {

    public static final String SENT = "sent.jsonl";
    public static final String RELEASED = "released.jsonl";
    public static final String FINDINGS = "findings.jsonl";
    public static final String LETTERS = "dead-letters.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Records() {}

    public static String line(Object record) {
        try {
            return JSON.writeValueAsString(record);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static <T> void read(Path file, Class<T> type, Consumer<T> each) throws IOException {
        ObjectReader reader = JSON.readerFor(type);
        try (BufferedReader in = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                T record;
                try {
                    record = reader.readValue(line);
                } catch (IOException broken) {
                    throw new IOException(file + " line " + number + " is no " + type.getSimpleName() + ": " + broken.getMessage(), broken);
                }
                each.accept(record);
            }
        }
    }
}
