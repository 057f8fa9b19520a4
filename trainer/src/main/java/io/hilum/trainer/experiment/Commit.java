package io.hilum.trainer.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Which code is running. */
final class Commit {
    private Commit() {}

    /** The commit of the checkout that the launcher runs, with "+" when files in it were changed; "" when that cannot be told. */
    static String ofThisCode() {
        String root = System.getProperty("hilum.root", "");
        if (root.isEmpty()) {
            return "";
        }
        String head = git(Path.of(root), "rev-parse", "--short=12", "HEAD");
        return head.isEmpty() || git(Path.of(root), "status", "--porcelain", "-uno").isEmpty() ? head : head + "+";
    }

    private static String git(Path root, String... arguments) {
        var command = new java.util.ArrayList<>(java.util.List.of("git", "-C", root.toString()));
        command.addAll(java.util.List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? out : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
