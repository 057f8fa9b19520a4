package io.hilum.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** dcmtk's storage client: a sender that is not ours. */
final class Dcmsend {

    private Dcmsend() {}

    /** Skips the test, saying so, where dcmtk is not installed. */
    static void require() {
        try {
            Process version = new ProcessBuilder("dcmsend", "--version").redirectErrorStream(true).start();
            version.getInputStream().readAllBytes();
            Assumptions.assumeTrue(version.waitFor() == 0, "SKIPPED: dcmsend does not run");
        } catch (IOException missing) {
            Assumptions.abort("SKIPPED: dcmtk is not installed (Debian: apt-get install dcmtk)");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Sends one file in the encoding that it has.
     *
     * @param callingAe at most 16 characters
     * @return everything that dcmsend printed
     */
    static String send(Path file, int port, String callingAe) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                "dcmsend", "--verbose", "--decompress-never", "--aetitle", callingAe, "--call", "HILUM",
                "127.0.0.1", Integer.toString(port), file.toString()));
        // Without it every small write of this client waits for an acknowledgement.
        builder.environment().put("TCP_NODELAY", "1");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
