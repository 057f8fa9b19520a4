package io.hilum.inference.tensorrt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Stands for {@link PlanBuilder} in the child process; what it does is told by the name of the graph's file. */
final class StubBuilder {

    private StubBuilder() {}

    /** @param arguments the shared folder */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        BuildOrder order = BuildOrder.read(folder);
        String mood = Path.of(order.onnx()).getFileName().toString().replace(".onnx", "");
        System.out.println("mood " + mood + ", maps " + order.maps() + ", cache " + order.timingCache());
        Files.writeString(folder.resolve(BuildOutcome.PLAN), "a plan");
        Files.writeString(folder.resolve(BuildOutcome.LAYERS), "{\"Layers\":[\"kgen_mha\"]}");
        switch (mood) {
            case "good" -> BuildOutcome.built(Cards.MACHINE).write(folder);
            case "refused" -> {
                BuildOutcome.failed("TensorRT does not read the graph: no importer for Frob.").write(folder);
                Runtime.getRuntime().halt(1);
            }
            case "status" -> Runtime.getRuntime().halt(7);
            case "abort" -> signal("ABRT");
            case "memory" -> signal("KILL");
            case "hangs" -> Thread.sleep(Long.MAX_VALUE);
            case "silent" -> { }
            case "garbage" -> {
                System.out.write(new byte[] {(byte) 0xff, 0, 13, (byte) 0xc3});
                System.out.println("x".repeat(100_000));
                Files.write(folder.resolve("outcome.json"), new byte[] {'{', 0, 1, 2});
            }
            case "half" -> {
                BuildOutcome.built(Cards.MACHINE).write(folder);
                Files.delete(folder.resolve(BuildOutcome.PLAN));
            }
            case "escapes" -> new BuildOutcome("../../10.15.1", "9.0", "").write(folder);
            default -> throw new IllegalArgumentException(mood);
        }
    }

    private static void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(ProcessHandle.current().pid())).start();
        Thread.sleep(Long.MAX_VALUE);
    }
}
