package io.hilum.quickstart.house;

import io.hilum.embedded.BrokerMain;
import io.hilum.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The whole system on this machine: broker, PostgreSQL, the released model and the three services, each a
 * process of its own, started in the order in which they need each other and stopped in the reverse one.
 *
 * <p>Threading: started and used by one thread; {@link #close()} may also come from the shutdown hook and
 * does its work once.
 */
public final class House implements AutoCloseable {

    public static final String BROKER = "broker";
    public static final String INGEST = "dicom-ingest";
    public static final String PROCESSOR = "stream-processor";
    public static final String SINK = "results-sink";

    private static final int BROKER_HEAP_MB = 400;

    private final HouseOptions options;
    private final Consumer<String> say;
    private final DataDirectory data;
    private final Health health = new Health();
    private final Map<String, ChildProcess> running = new TreeMap<>();
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();

    private ServiceSettings settings;

    private House(HouseOptions options, Consumer<String> say) throws IOException {
        this.options = options;
        this.say = say;
        this.data = DataDirectory.open(options.data());
        toClose.push(data);
    }

    /**
     * @param say takes a sentence for each step, for people
     * @throws IllegalStateException when a part does not get ready, with the reason and the end of its log;
     *     what was started is stopped again
     */
    public static House start(HouseOptions options, Consumer<String> say) throws IOException, InterruptedException {
        House house = new House(options, say);
        // Before anything is started: a Ctrl-C during the start must leave nothing behind.
        Thread hook = new Thread(house::close, "house-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            house.startAll();
            return house;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            house.close();
            throw failed;
        }
    }

    private void startAll() throws IOException, InterruptedException {
        long started = System.nanoTime();
        startBroker();
        String database = startPostgres();
        ModelRelease release = new ModelRelease(options.model(), data.folder("models"), bootstrap());
        // The services need the broker and nothing of each other, so they start together.
        settings = new ServiceSettings(options, data, bootstrap(), database);
        for (String service : List.of(INGEST, PROCESSOR, SINK)) {
            startService(service, settings.of(service));
        }
        say.accept(release.publish());
        for (String service : List.of(INGEST, PROCESSOR, SINK)) {
            health.awaitReady(running.get(service), port(service), options.startLimit());
            say.accept("%-17s ready   http://127.0.0.1:%d/q/health".formatted(service, port(service)));
        }
        say.accept("All ready after %.1f s.".formatted((System.nanoTime() - started) / 1e9));
    }

    private void startBroker() throws IOException, InterruptedException {
        List<String> command = Jvm.here(BrokerMain.class.getName(), BROKER_HEAP_MB, List.of(
                "--dir", data.folder(BROKER).toString(), "--port", Integer.toString(options.ports().broker())));
        ChildProcess broker = ChildProcess.start(BROKER, command, Map.of(), data);
        keep(broker);
        BrokerProbe.awaitTopics(broker, bootstrap(), ServiceSettings.PARTITIONS, options.startLimit());
        say.accept("%-17s ready   %s".formatted(BROKER, bootstrap()));
    }

    private String startPostgres() {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder("postgres"), options.ports().postgres());
        push(postgres);
        String url = postgres.jdbcUrl("hilum");
        say.accept("%-17s ready   %s".formatted("postgresql", url));
        return url;
    }

    private void startService(String name, ServiceSettings.Service service) throws IOException {
        keep(ChildProcess.start(
                name,
                Jvm.service(options.root(), name, service.heapMegabytes(), service.properties()),
                service.environment(), data));
    }

    /** Starts a service again that was killed or stopped; its data are where it left them. */
    public void restart(String name) throws IOException, InterruptedException {
        startService(name, settings.of(name));
        health.awaitReady(running.get(name), port(name), options.startLimit());
    }

    private void keep(ChildProcess process) {
        running.put(process.name(), process);
        push(process);
    }

    private synchronized void push(AutoCloseable part) {
        toClose.push(part);
    }

    public ChildProcess process(String name) {
        return running.get(name);
    }

    /** @throws IllegalStateException with the end of its log if a process has ended by itself */
    public void requireAllAlive() {
        running.values().forEach(ChildProcess::requireAlive);
    }

    public String bootstrap() {
        return "127.0.0.1:" + options.ports().broker();
    }

    public Ports ports() {
        return options.ports();
    }

    /** The folder that the door watches. */
    public Path watchedFolder() {
        return data.folder("inbox");
    }

    /** Where this installation keeps the films that it made to send. */
    public Path samples() {
        return data.folder("samples");
    }

    /** The address of a service's HTTP side. */
    public URI http(String service) {
        return URI.create("http://127.0.0.1:" + port(service));
    }

    private int port(String service) {
        return switch (service) {
            case INGEST -> options.ports().ingest();
            case PROCESSOR -> options.ports().processor();
            case SINK -> options.ports().sink();
            default -> throw new IllegalArgumentException("no HTTP port: " + service);
        };
    }

    @Override
    public synchronized void close() {
        // Services first, all at once: each needs some seconds to say goodbye to the broker.
        List.of(SINK, PROCESSOR, INGEST).forEach(name -> {
            ChildProcess process = running.get(name);
            if (process != null) {
                process.askToStop();
            }
        });
        while (!toClose.isEmpty()) {
            AutoCloseable part = toClose.pop();
            try {
                part.close();
            } catch (Exception failed) {
                say.accept("Stopping " + part + " failed: " + failed.getMessage());
            }
        }
    }
}
