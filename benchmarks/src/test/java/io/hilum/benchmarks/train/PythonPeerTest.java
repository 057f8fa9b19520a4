package io.hilum.benchmarks.train;

import io.hilum.benchmarks.peer.Python;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hilum.benchmarks.train.Side.Work;
import io.hilum.model.Architecture;
import io.hilum.trainer.net.SpeedRounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonPeerTest {
    private static final String PYTHON = "/usr/bin/python3";

    @Test
    void thePeerTrainsTheVeryNetwork(@TempDir Path folder) throws IOException {
        assumeTrue(Python.hasTorch(PYTHON), "SKIPPED: " + PYTHON + " has no PyTorch (Debian: python3-torch)");
        PeerFile begin = PeerFile.draw(Architecture.EVA_X_TI, 48, 3, 11);
        Path file = folder.resolve("peer.safetensors");
        begin.write(file);
        String script = Path.of(System.getProperty("hilum.root"), "benchmarks/python/eva_x_peer.py").toString();
        try (var rounds = new SpeedRounds(1, Architecture.EVA_X_TI, begin.weights(), begin.images(), begin.targets());
                var peer = new PythonSide(List.of(PYTHON, script, file.toString(), "--threads", "1"), 1)) {
            var duel = new Duel(new HilumSide(rounds), peer, 1, 0.01);
            assertTrue(duel.agree(4e-5) >= 0);
            assertTrue(duel.of(Work.FORWARD, 3).ratio().median() > 0);
            assertTrue(duel.of(Work.TRAIN, 3).cpuRatio().median() > 0);
        }
    }
}
