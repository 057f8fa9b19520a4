package io.hilum.k8s;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of one overlay, and what the tests ask of them. */
record Manifests(List<HasMetadata> objects) {

    /** A workload: what runs pods. */
    record Workload(String name, int replicas, PodTemplateSpec template) {

        Container container() {
            return template.getSpec().getContainers().get(0);
        }
    }

    static final Path ROOT = Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();

    static Manifests of(String overlay) throws IOException {
        return of(Kustomization.resolve(ROOT.resolve("overlays").resolve(overlay)));
    }

    static Manifests of(List<ObjectNode> objects) {
        return new Manifests(objects.stream().map(StrictParser::parse).toList());
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Workload> workloads() {
        List<Workload> found = new ArrayList<>();
        for (HasMetadata object : objects) {
            String name = object.getMetadata().getName();
            if (object instanceof Deployment each) {
                found.add(new Workload(name, each.getSpec().getReplicas(), each.getSpec().getTemplate()));
            } else if (object instanceof StatefulSet each) {
                found.add(new Workload(name, each.getSpec().getReplicas(), each.getSpec().getTemplate()));
            } else if (object instanceof Job each) {
                found.add(new Workload(name, 1, each.getSpec().getTemplate()));
            }
        }
        return found;
    }

    /** The plain environment of a workload: config maps, then its own values. */
    Map<String, String> environment(Workload workload) {
        Map<String, String> environment = new TreeMap<>();
        workload.container().getEnvFrom().forEach(from -> {
            ConfigMap map = all(ConfigMap.class).stream()
                    .filter(each -> each.getMetadata().getName().equals(from.getConfigMapRef().getName()))
                    .findFirst().orElseThrow(() -> new IllegalArgumentException(
                            workload.name() + " wants the config map " + from.getConfigMapRef().getName() + ", which does not exist"));
            environment.putAll(map.getData());
        });
        for (EnvVar variable : workload.container().getEnv()) {
            if (variable.getValue() != null) {
                environment.put(variable.getName(), variable.getValue());
            }
        }
        return environment;
    }

    /**
     * What would lose data or work on one machine only, one sentence each: a file store is one directory, and pods of a
     * cluster do not share one.
     */
    List<String> storeProblems() {
        List<String> problems = new ArrayList<>();
        for (Workload workload : workloads()) {
            String uri = environment(workload).get("HILUM_STORE_URI");
            if (uri != null && uri.startsWith("file:") && workload.replicas() > 1) {
                problems.add("%s runs %d replicas on the file store %s: each would see its own files only. Use an S3 store or one replica."
                        .formatted(workload.name(), workload.replicas(), uri));
            }
        }
        return problems;
    }
}
