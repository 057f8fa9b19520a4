package io.hilum.benchmarks.train;

import io.hilum.benchmarks.peer.Python;
import com.fasterxml.jackson.databind.JsonNode;
import io.hilum.benchmarks.peer.PythonPeer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Python's PyTorch, in a process of its own. One thread. */
record PythonSide(PythonPeer peer) implements Side, AutoCloseable {

    /**
     * Starts it and waits until it is ready.
     *
     * @param command the interpreter, the script and what the script takes
     * @param threads of one operation
     */
    PythonSide(List<String> command, int threads) throws IOException {
        this(new PythonPeer(command, threads));
    }

    /** Of its PyTorch. */
    String version() {
        return peer.version();
    }

    @Override
    public Check check() throws IOException {
        JsonNode answer = peer.ask("check");
        return new Check(doubles(answer.path("logits")), doubles(answer.path("losses")));
    }

    @Override
    public Round round(Work work, int batch, int calls) throws IOException {
        JsonNode answer = peer.ask("%s %d %d".formatted(work.name().toLowerCase(Locale.ROOT), batch, calls));
        return new Round(batch * calls, answer.path("seconds").asDouble(), answer.path("cpu_seconds").asDouble());
    }

    private static List<Double> doubles(JsonNode array) {
        List<Double> out = new ArrayList<>();
        array.forEach(value -> out.add(value.asDouble()));
        return out;
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
