package io.hilum.trainer.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.util.cuda.CudaUtils;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class DeviceTest {
    /** libtorch itself would compute on the CPU and say nothing. */
    @Test
    void aMissingGpuIsNotReplacedByTheCpu() {
        Assumptions.assumeTrue(CudaUtils.getGpuCount() == 0, "SKIPPED: this machine has a CUDA device");
        var e = assertThrows(IllegalArgumentException.class, () -> Torch.start(1, Device.GPU));
        assertTrue(e.getMessage().startsWith("--device gpu: this libtorch") && e.getMessage().contains("Use --device cpu"), e.getMessage());
    }

    @Test
    void anUnknownDeviceIsRefused() {
        assertEquals(Device.GPU, Device.of("GPU"));
        var e = assertThrows(IllegalArgumentException.class, () -> Device.of("tpu"));
        assertEquals("There is no device 'tpu'; there are cpu and gpu.", e.getMessage());
    }
}
