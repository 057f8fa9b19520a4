package io.hilum.ingest.crash;

import io.hilum.ingest.IngestNode;
import io.hilum.ingest.Nodes;
import io.hilum.ingest.publish.KafkaGateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A node as a process of its own, to be killed. */
final class NodeProcess implements AutoCloseable {

    private final Process process;
    private final Path faultFile;
    private final int port;

    private NodeProcess(Process process, Path faultFile, int port) {
        this.process = process;
        this.faultFile = faultFile;
        this.port = port;
    }

    /** @param fault the place where it stands still, or null to run through */
    static NodeProcess start(Path directory, String bootstrap, String fault) throws IOException {
        Files.createDirectories(directory);
        Path faultFile = directory.resolve("fault-reached");
        Files.deleteIfExists(faultFile);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path")));
        if (fault != null) {
            command.add("-Dhilum.ingest.fault=" + fault);
            command.add("-Dhilum.ingest.fault.file=" + faultFile);
        }
        command.addAll(List.of(NodeProcess.class.getName(), directory.toString(), bootstrap));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("node.log").toFile())).start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("PORT ")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the node did not start: " + Files.readString(directory.resolve("node.log")));
        }
        return new NodeProcess(process, faultFile, Integer.parseInt(line.substring(5)));
    }

    int port() {
        return port;
    }

    void awaitFault() {
        Awaitility.await().atMost(java.time.Duration.ofSeconds(60)).until(() -> Files.exists(faultFile));
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    /** The process itself: directory and broker; runs until it is killed. */
    public static void main(String[] arguments) throws Exception {
        KafkaGateway gateway = new KafkaGateway(Map.of("bootstrap.servers", arguments[1]), 4, (short) 1);
        try (IngestNode node = Nodes.start(Path.of(arguments[0]), gateway, Map.of())) {
            System.out.println("PORT " + node.dicomPort());
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
