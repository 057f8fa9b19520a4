package io.hilum.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/**
 * A real S3 service (Adobe's S3Mock) in a process of its own. It honours conditional puts, but looks and then
 * writes without a lock, which no S3 service may do: one thread makes the two one step.
 */
final class S3Service implements AutoCloseable {

    static final String BUCKET = "hilum";

    private final Process process;
    private final int port;

    private S3Service(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static S3Service start() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-jar", Path.of("target", "s3-service.jar").toAbsolutePath().toString(),
                "--server.port=" + port, "--server.ssl.enabled=false", "--server.tomcat.threads.max=1",
                "--server.tomcat.threads.min-spare=1", "--com.adobe.testing.s3mock.httpPort=0");
        builder.environment().put("COM_ADOBE_TESTING_S3MOCK_STORE_INITIAL_BUCKETS", BUCKET);
        builder.redirectErrorStream(true).redirectOutput(Path.of("target", "s3-service.log").toFile());
        S3Service service = new S3Service(builder.start(), port);
        Runtime.getRuntime().addShutdownHook(new Thread(service.process::destroyForcibly));
        Awaitility.await("S3 service, see target/s3-service.log").atMost(Duration.ofSeconds(90)).until(service::answers);
        return service;
    }

    /** The URI of a store of its own. */
    String uri(String prefix) {
        return "s3://" + BUCKET + "/" + prefix + "?endpoint=http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        // Gently: it then removes its own temporary files.
        process.destroy();
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("The S3 service ended; see libs/storage/target/s3-service.log.");
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
