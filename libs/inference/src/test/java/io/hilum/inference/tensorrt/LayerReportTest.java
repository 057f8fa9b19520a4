package io.hilum.inference.tensorrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On made reports: their form is that of TensorRT's engine inspector. */
class LayerReportTest {

    @TempDir
    private Path folder;

    @Test
    void overlooksNoFusedAttention() throws IOException {
        LayerReport report = report("""
                {"Layers": [
                  {"Name": "__myl_Cast_myl0_1", "LayerType": "kgen", "TacticName": "__myl_Cast_0x12"},
                  {"Name": "kgen_mha_myl0_7", "LayerType": "kgen", "Metadata": "[ONNX Layer: blocks.0/softmax]"},
                  {"Name": "__myl_MulTra_myl0_9", "LayerType": "Mha", "TacticName": ""},
                  {"Name": "{ForeignNode[blocks.2]}", "LayerType": "Myelin", "TacticName": "_gemm_mha_v2_0x34"}],
                 "Bindings": ["pixels", "logits"]}""");
        assertEquals(new LayerReport(4, List.of("kgen_mha_myl0_7", "__myl_MulTra_myl0_9", "{ForeignNode[blocks.2]}")), report);
        assertTrue(report.fusesAttention(3));
        assertFalse(report.fusesAttention(4));
        assertEquals("4 layers, 3 of them fused attention", report.toString());
    }

    @Test
    void readsPlansThatKnowTheirLayersByNameOnly() throws IOException {
        assertEquals(new LayerReport(2, List.of("kgen_mha")), report("{\"Layers\": [\"kgen_mha\", \"softmax\"]}"));
    }

    @Test
    void takesNoNodeOfTheGraphForAFusedLayer() throws IOException {
        assertFalse(report("{\"Layers\": [{\"Name\": \"softmax\", \"Metadata\": \"[ONNX Layer: blocks.0.mha/softmax]\"}]}").fusesAttention(1));
    }

    @Test
    void takesNothingElseForAReport() {
        assertTrue(assertThrows(IOException.class, () -> report("{\"Layers\"")).getMessage().contains("is no layer information of TensorRT"));
        assertTrue(assertThrows(IOException.class, () -> report("{\"Layers\": []}")).getMessage().contains("it names no layers"));
        assertTrue(assertThrows(IOException.class, () -> report("[]")).getMessage().contains("it names no layers"));
    }

    private LayerReport report(String json) throws IOException {
        return LayerReport.read(Files.writeString(folder.resolve("layers.json"), json));
    }
}
