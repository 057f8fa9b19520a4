package io.hilum.benchmarks.train;

import io.hilum.benchmarks.peer.Python;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/** Speaks as the Python peer does, without computing anything; stops in the middle when asked for a batch of 13. */
final class FakePeer {
    private FakePeer() {}

    public static void main(String[] args) throws IOException {
        System.out.println("{\"ready\": \"fake\", \"threads\": " + args[0] + "}");
        var lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            if (words[0].equals("check")) {
                System.out.println("{\"logits\": [0.5, -1.0], \"losses\": [0.7, 0.6, 0.5]}");
            } else if (words[1].equals("13")) {
                System.err.println("MemoryError: thirteen");
                return;
            } else {
                System.out.println("{\"seconds\": " + 0.1 * Integer.parseInt(words[2]) + ", \"cpu_seconds\": 0.25}");
            }
        }
    }
}
