package io.hilum.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** The process that {@link FileObjectStoreCrashTest} kills. Prints a line after each thing that is done. */
final class CrashWriter {

    /** Ends a line, so that a cut one is known. */
    static final String END = ";";

    private CrashWriter() {}

    static Process start(Path directory, String mode) throws IOException {
        return new ProcessBuilder(command(directory, mode, Integer.MAX_VALUE))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static List<String> command(Path directory, String mode, int objects) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"),
                CrashWriter.class.getName(), directory.toString(), mode, Integer.toString(objects));
    }

    /** @param arguments the store's directory; "half" to stop before the commit, else what keys begin with; how many */
    public static void main(String[] arguments) throws Exception {
        try (ObjectStore store = FileObjectStore.open(Path.of(arguments[0]))) {
            if (arguments[1].equals("half")) {
                Upload upload = store.begin();
                upload.write(content("half"));
                System.out.println("WRITTEN");
                Thread.currentThread().join();
            }
            for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
                String key = arguments[1] + "/" + i % 7 + "/" + i;
                store.put(key, content(key));
                System.out.println(key + END);
            }
        }
    }

    /** 300 to 400 KB that follow from the key. */
    static byte[] content(String key) {
        Random random = new Random(key.hashCode());
        byte[] bytes = new byte[300_000 + random.nextInt(100_000)];
        random.nextBytes(bytes);
        return bytes;
    }
}
