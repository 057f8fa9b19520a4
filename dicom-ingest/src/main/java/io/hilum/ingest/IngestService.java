package io.hilum.ingest;

import io.hilum.ingest.admin.FindingsReader;
import io.hilum.ingest.admin.Reconcile;
import io.hilum.ingest.config.IngestConfig;
import io.hilum.ingest.config.KafkaSettings;
import io.hilum.ingest.config.SharedConfig;
import io.hilum.ingest.publish.KafkaGateway;
import io.hilum.storage.ObjectStores;
import io.hilum.tracing.Tracing;
import io.hilum.tracing.TracingOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Ties the node to the service's life: configuration in, node started; shutdown, node closed. */
@ApplicationScoped
public class IngestService {

    private static final System.Logger LOG = System.getLogger(IngestService.class.getName());

    private final IngestConfig config;
    private final SharedConfig.Store storeConfig;
    private final SharedConfig.Topics topics;
    private final SharedConfig.Trace trace;
    private final Config all;
    private final MeterRegistry metrics;
    private Tracing tracing = Tracing.off();
    private IngestNode node;
    private Reconcile reconcile;

    IngestService(IngestConfig config, SharedConfig.Store storeConfig, SharedConfig.Topics topics, SharedConfig.Trace trace,
            Config all, MeterRegistry metrics) {
        this.config = config;
        this.storeConfig = storeConfig;
        this.topics = topics;
        this.trace = trace;
        this.all = all;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) throws IOException {
        tracing = Tracing.start(TracingOptions.read("dicom-ingest", trace.uids(), all.getPropertyNames(),
                name -> all.getOptionalValue(name, String.class)));
        Map<String, Object> kafka = KafkaSettings.of(all);
        node = new IngestNode(config, ObjectStores.open(storeConfig.uri()),
                new KafkaGateway(kafka, topics.partitions(), topics.replication()), metrics, tracing);
        reconcile = new Reconcile(node.store(), node.journal(), node.ledger(), new FindingsReader(kafka), node.tracer());
        LOG.log(System.Logger.Level.INFO, "DICOM door {0} on port {1}, {2} entries in the journal, store {3}.",
                config.dicom().aeTitle(), Integer.toString(node.dicomPort()), node.journal().backlog(), storeConfig.uri());
    }

    void stop(@Observes ShutdownEvent event) {
        if (node != null) {
            node.close();
        }
        tracing.close();
    }

    public IngestNode node() {
        return node;
    }

    public Reconcile reconcile() {
        return reconcile;
    }
}
