package io.hilum.exporter;

import io.hilum.exporter.onnx.Network;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Proof.NetworkProof;
import io.hilum.model.bundle.Proof.QuantisationProof;
import java.util.List;
import java.util.Map;

/**
 * A network in all its forms, proven.
 *
 * @param quantisation null without int8
 */
record Exported(Map<NetworkForm, Network> networks, List<NetworkProof> proofs, QuantisationProof quantisation) {

    List<NetworkFile> files() {
        return networks.keySet().stream().map(form -> new NetworkFile(
                form.file(), form.target(), form.precision(), form.maps(), Bundle.CONSTANTS)).toList();
    }
}
