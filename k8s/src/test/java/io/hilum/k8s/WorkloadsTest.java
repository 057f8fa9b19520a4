package io.hilum.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.hilum.k8s.Manifests.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How pods run: hardened, watched, spread, stopped in time. */
class WorkloadsTest {

    private static final Set<String> SERVICES = Set.of("dicom-ingest", "stream-processor", "results-sink");

    static Stream<Workload> workloads() throws IOException {
        return Stream.concat(Manifests.of("cpu").workloads().stream(), Manifests.of("gpu").workloads().stream());
    }

    @Test
    void runsEveryServiceAndTheTrainer() throws IOException {
        assertEquals(Set.of("dicom-ingest", "stream-processor", "results-sink", "trainer"),
                workloads().map(Workload::name).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void givesNoPodMoreRightsThanItNeeds(Workload workload) {
        PodSpec pod = workload.template().getSpec();
        assertEquals(true, pod.getSecurityContext().getRunAsNonRoot());
        assertTrue(pod.getSecurityContext().getRunAsUser() > 0);
        assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
        assertEquals(false, pod.getAutomountServiceAccountToken());
        assertFalse(Boolean.TRUE.equals(pod.getHostNetwork()) || Boolean.TRUE.equals(pod.getHostPID()));
        assertTrue(pod.getVolumes().stream().allMatch(volume -> volume.getHostPath() == null));
        for (var container : pod.getContainers()) {
            var context = container.getSecurityContext();
            assertEquals(false, context.getAllowPrivilegeEscalation());
            assertEquals(true, context.getReadOnlyRootFilesystem());
            assertEquals(List.of("ALL"), context.getCapabilities().getDrop());
            assertTrue(context.getCapabilities().getAdd().isEmpty());
            assertTrue(container.getVolumeMounts().stream().anyMatch(mount -> mount.getMountPath().equals("/tmp")),
                    "a JVM needs a /tmp that it can write");
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void namesAnImageVersionAndItsShareOfTheMachine(Workload workload) {
        assertTrue(workload.container().getImage().matches("hilum/[a-z-]+:\\d+\\.\\d+\\.\\d+"), workload.container().getImage());
        assertTrue(workload.container().getResources().getRequests().keySet().containsAll(Set.of("cpu", "memory")));
        assertTrue(workload.container().getResources().getLimits().containsKey("memory"));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void watchesTheHealthOfEveryService(Workload workload) {
        if (!SERVICES.contains(workload.name())) {
            return;
        }
        Set<String> ports = workload.container().getPorts().stream().map(ContainerPort::getName).collect(Collectors.toSet());
        Map<String, Probe> probes = Map.of(
                "/q/health/started", workload.container().getStartupProbe(),
                "/q/health/live", workload.container().getLivenessProbe(),
                "/q/health/ready", workload.container().getReadinessProbe());
        probes.forEach((path, probe) -> {
            assertEquals(path, probe.getHttpGet().getPath());
            assertTrue(ports.contains(probe.getHttpGet().getPort().getStrVal()), path);
        });
        assertTrue(workload.template().getSpec().getTerminationGracePeriodSeconds() >= 30, workload.name());
    }

    @Test
    void keepsAServiceWhileANodeIsEmptied() throws IOException {
        Manifests manifests = Manifests.of("cpu");
        for (Workload workload : manifests.workloads()) {
            if (SERVICES.contains(workload.name())) {
                assertTrue(workload.replicas() >= 2, workload.name());
                PodDisruptionBudget budget = manifests.all(PodDisruptionBudget.class).stream()
                        .filter(each -> matches(each.getSpec().getSelector().getMatchLabels(), workload)).findFirst().orElse(null);
                assertNotNull(budget, workload.name());
                assertEquals(1, budget.getSpec().getMaxUnavailable().getIntVal());
            }
        }
    }

    @Test
    void sendsNoServiceToPodsOrPortsThatDoNotExist() throws IOException {
        Manifests manifests = Manifests.of("cpu");
        for (Service service : manifests.all(Service.class)) {
            Workload behind = manifests.workloads().stream().filter(each -> matches(service.getSpec().getSelector(), each))
                    .findFirst().orElseThrow(() -> new AssertionError(service.getMetadata().getName() + " selects nothing"));
            Set<String> ports = behind.container().getPorts().stream().map(ContainerPort::getName).collect(Collectors.toSet());
            service.getSpec().getPorts().forEach(port ->
                    assertTrue(ports.contains(port.getTargetPort().getStrVal()), service.getMetadata().getName()));
        }
    }

    @Test
    void asksForAGpuOnlyInTheGpuOverlay() throws IOException {
        for (String overlay : List.of("cpu", "gpu")) {
            for (Workload workload : Manifests.of(overlay).workloads()) {
                boolean wanted = overlay.equals("gpu") && workload.name().equals("stream-processor");
                assertEquals(wanted, workload.container().getResources().getLimits().containsKey("nvidia.com/gpu"), workload.name());
                assertEquals(wanted, !workload.template().getSpec().getTolerations().isEmpty(), workload.name());
            }
        }
    }

    @Test
    void refusesAFileStoreWithMoreThanOneReplica() throws IOException {
        for (String overlay : List.of("cpu", "gpu")) {
            assertEquals(List.of(), Manifests.of(overlay).storeProblems());
        }
        List<ObjectNode> objects = Kustomization.resolve(Manifests.ROOT.resolve("overlays/cpu"));
        for (ObjectNode object : objects) {
            if (object.path("kind").asText().equals("ConfigMap")) {
                ((ObjectNode) object.get("data")).put("HILUM_STORE_URI", "file:///var/lib/hilum/objects");
            }
        }
        List<String> problems = Manifests.of(objects).storeProblems();
        assertEquals(3, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("dicom-ingest runs 2 replicas on the file store"), problems.get(0));
    }

    static boolean matches(Map<String, String> selector, Workload workload) {
        return !selector.isEmpty() && workload.template().getMetadata().getLabels().entrySet().containsAll(selector.entrySet());
    }
}
