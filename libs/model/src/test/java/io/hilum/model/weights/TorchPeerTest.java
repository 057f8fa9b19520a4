package io.hilum.model.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that torch itself wrote, with all that its fine-tuning puts into them. */
class TorchPeerTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SCRIPT = """
        import argparse, pathlib, torch
        class Secret:
            def __init__(self): self.x = torch.nn.Parameter(torch.ones(3)); self.y = {1, 2}; self.z = (1, 2.5, 10 ** 30, b'ab')
        base = torch.arange(24, dtype=torch.float32).reshape(4, 6) / 7
        p = [torch.nn.Parameter(base.clone())]
        p[0].sum().backward()
        optimizer = torch.optim.AdamW(p, lr=1e-3)
        optimizer.step()
        args = argparse.Namespace(out=pathlib.Path('x'), device=torch.device('cpu'), dtype=torch.float16, secret=Secret(), part=slice(1, 2))
        for name, dtype in (('F32', torch.float32), ('F16', torch.float16), ('BF16', torch.bfloat16)):
            t = base.to(dtype)
            state = {'plain': t, 'turned': t.t(), 'part': t[1:3, 2:5], 'parameter': torch.nn.Parameter(t), 'one': t[0, 1], 'count': torch.tensor(3)}
            torch.save({'model': state, 'optimizer': optimizer.state_dict(), 'epoch': 'best', 'scaler': {'scale': 65536.0}, 'args': args}, name + '.pth')
        """;

    @TempDir Path dir;

    @Test
    void whatTorchSavesIsReadToTheBit() throws Exception {
        assumeTrue(run("import torch"), "SKIPPED: " + PYTHON + " has no torch (apt-get install python3-torch)");
        assertTrue(run(SCRIPT));
        for (DType dtype : new DType[] {DType.F32, DType.F16, DType.BF16}) {
            Map<String, Tensor> read = PtCheckpoint.read(dir.resolve(dtype + ".pth"));
            assertEquals(dtype + "[6, 4]", read.get("turned").toString());
            float[] all = new float[24];
            for (int i = 0; i < 24; i++) {
                all[i] = i / 7f;
            }
            all = Tensor.of(all, 4, 6).to(dtype).floats();
            assertArrayEquals(all, read.get("plain").floats());
            assertArrayEquals(all, read.get("parameter").floats());
            assertArrayEquals(new float[] {all[8], all[9], all[10], all[14], all[15], all[16]}, read.get("part").floats());
            assertEquals(all[7], read.get("turned").floats()[5]);
            assertArrayEquals(new float[] {all[1]}, read.get("one").floats());
            assertArrayEquals(new long[] {3}, read.get("count").longs());
        }
    }

    private boolean run(String script) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PYTHON))) {
            return false;
        }
        Process process = new ProcessBuilder(PYTHON, "-c", script).directory(dir.toFile()).redirectErrorStream(true)
            .redirectOutput(dir.resolve("log").toFile()).start();
        return process.waitFor(300, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
