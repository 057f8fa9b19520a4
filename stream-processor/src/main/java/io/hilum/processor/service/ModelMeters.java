package io.hilum.processor.service;

import io.hilum.inference.EngineIdentity;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/** Says as a metric which model serves: {@code hilum_processor_model_info{line, version, bundle, engine} 1}. */
final class ModelMeters {

    private final MultiGauge info;

    ModelMeters(MeterRegistry registry) {
        info = MultiGauge.builder("hilum.processor.model.info").description("the model that serves").register(registry);
    }

    void serves(EngineIdentity engine) {
        Tags tags = Tags.of("line", engine.line(), "version", engine.version(), "bundle", engine.bundleSha256(),
                "engine", engine.engine());
        info.register(List.of(MultiGauge.Row.of(tags, 1)), true);
    }
}
