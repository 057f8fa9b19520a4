package io.hilum.processor.service;

import io.hilum.inference.EngineIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/** Says as a metric which models serve, one row a line: {@code hilum_processor_model_info{line, version, bundle, engine} 1}. */
final class ModelMeters {

    private final MultiGauge info;

    ModelMeters(MeterRegistry registry) {
        info = MultiGauge.builder("hilum.processor.model.info").description("the models that serve").register(registry);
    }

    void serve(List<EngineIdentity> engines) {
        info.register(engines.stream().map(ModelMeters::row).toList(), true);
    }

    private static MultiGauge.Row<Number> row(EngineIdentity engine) {
        return MultiGauge.Row.of(Tags.of("line", engine.line(), "version", engine.version(), "bundle", engine.bundleSha256(),
                "engine", engine.engine()), 1);
    }
}
