package io.hilum.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.hilum.k8s.Manifests.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may talk to whom. */
class NetworkPoliciesTest {

    private static Manifests manifests;

    @BeforeAll
    static void read() throws IOException {
        manifests = Manifests.of("cpu");
    }

    @Test
    void deniesWhateverIsNotAllowed() {
        NetworkPolicy deny = policy("default-deny");
        assertEquals(List.of("Ingress", "Egress"), deny.getSpec().getPolicyTypes());
        assertTrue(deny.getSpec().getIngress().isEmpty() && deny.getSpec().getEgress().isEmpty());
        for (Workload workload : manifests.workloads()) {
            assertTrue(selects(deny.getSpec().getPodSelector(), workload.template().getMetadata().getLabels()), workload.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dicom-ingest,     default-deny names kafka object-store modalities web metrics",
        "stream-processor, default-deny names kafka object-store metrics",
        "results-sink,     default-deny names kafka object-store database web metrics",
        "trainer,          default-deny names"
    })
    void opensToEachWorkloadWhatItNeedsAndNoMore(String name, String expected) {
        Workload workload = manifests.workloads().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        Set<String> found = new TreeSet<>();
        for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
            if (selects(policy.getSpec().getPodSelector(), workload.template().getMetadata().getLabels())) {
                found.add(policy.getMetadata().getName());
            }
        }
        assertEquals(new TreeSet<>(List.of(expected.split(" "))), found);
    }

    @Test
    void opensDicomToPrivateNetworksOnly() {
        policy("modalities").getSpec().getIngress().forEach(rule -> rule.getFrom().forEach(peer ->
                assertTrue(peer.getIpBlock().getCidr().matches("(10|172\\.16|192\\.168)\\..*"), peer.getIpBlock().getCidr())));
    }

    private static NetworkPolicy policy(String name) {
        return manifests.all(NetworkPolicy.class).stream().filter(each -> each.getMetadata().getName().equals(name))
                .findFirst().orElseThrow();
    }

    private static boolean selects(LabelSelector selector, Map<String, String> labels) {
        boolean all = selector.getMatchLabels() == null || labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
        for (var expression : selector.getMatchExpressions()) {
            String value = labels.get(expression.getKey());
            all &= switch (expression.getOperator()) {
                case "DoesNotExist" -> value == null;
                case "In" -> expression.getValues().contains(value);
                default -> throw new IllegalArgumentException("operator " + expression.getOperator());
            };
        }
        return all;
    }
}
