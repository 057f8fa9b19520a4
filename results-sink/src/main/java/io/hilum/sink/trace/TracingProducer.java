package io.hilum.sink.trace;

import io.hilum.sink.config.HouseConfig;
import io.hilum.tracing.Tracing;
import io.hilum.tracing.TracingOptions;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** The tracing of this service's configuration; closed with the service. */
@Singleton
class TracingProducer {

    @Produces
    @Singleton
    Tracing tracing(HouseConfig.Trace trace, Config all) {
        return Tracing.start(TracingOptions.read("results-sink", trace.uids(), all.getPropertyNames(),
                name -> all.getOptionalValue(name, String.class)));
    }

    void close(@Disposes Tracing tracing) {
        tracing.close();
    }
}
