package io.hilum.exporter;

import io.hilum.exporter.onnx.Network;
import io.hilum.exporter.onnx.NetworkForm;
import io.hilum.model.bundle.Bundle;
import io.hilum.model.bundle.NetworkFile;
import io.hilum.model.bundle.Precision;
import io.hilum.model.bundle.Target;
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

    /** The form for TensorRT in that precision. */
    NetworkForm form(Precision precision, int maps) throws ExportException {
        return networks.keySet().stream().filter(form -> form.target() == Target.TENSORRT && form.precision() == precision
                && form.maps() == maps).findFirst().orElseThrow(() -> new ExportException(
                        "No plans can be built in " + precision.id() + ": that form was not wanted or failed its proof."));
    }

    List<NetworkFile> files() {
        return networks.keySet().stream().map(form -> new NetworkFile(
                form.file(), form.target(), form.precision(), form.maps(), Bundle.CONSTANTS)).toList();
    }
}
