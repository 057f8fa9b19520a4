package io.hilum.benchmarks.inference;

import com.fasterxml.jackson.databind.JsonNode;
import io.hilum.benchmarks.peer.Alternation.Rate;
import io.hilum.benchmarks.peer.PythonPeer;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * Rounds of the peer.
 *
 * @param line what to ask for a number of calls
 * @param perCall what one call brings
 */
record PeerLoop(PythonPeer peer, IntFunction<String> line, double perCall) implements Rate {

    static PeerLoop forward(PythonPeer peer, int batch) {
        return new PeerLoop(peer, calls -> "forward %d %d".formatted(batch, calls), batch);
    }

    /** Grad-CAM of so many labels; one call a round, as it is slow. */
    static PeerLoop maps(PythonPeer peer, String how, int batch, int labels) {
        return new PeerLoop(peer, calls -> "%s %d %d".formatted(how, batch, labels), batch);
    }

    @Override
    public double measure(double seconds) throws IOException {
        double one = seconds(line.apply(1));
        boolean countable = !line.apply(1).equals(line.apply(2));
        int calls = countable ? (int) Math.max(1, Math.min(1000, Math.round(seconds / one))) : 1;
        return calls == 1 ? perCall / one : calls * perCall / seconds(line.apply(calls));
    }

    private double seconds(String ask) throws IOException {
        JsonNode answer = peer.ask(ask);
        return answer.path("seconds").asDouble();
    }
}
