package io.hilum.quickstart.command;

import io.hilum.imaging.net.FileSender;
import io.hilum.imaging.net.ScuOptions;
import io.hilum.imaging.net.SendProgress;
import io.hilum.imaging.net.StoreOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A storage client. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = "Sends DICOM files to a door by C-STORE, each in the encoding that it has. Exit status 1 if any was not stored.")
public final class SendCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "files, or folders with files")
    private List<Path> paths;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "the door's host (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(names = "--port", defaultValue = "11112", description = "the door's port (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--called", defaultValue = "HILUM", description = "the door's AE title (default: ${DEFAULT-VALUE})")
    private String called;

    @Option(names = "--calling", defaultValue = "HILUM_SEND", description = "our AE title (default: ${DEFAULT-VALUE})")
    private String calling;

    @Override
    public Integer call() throws Exception {
        List<Path> files = DicomFiles.under(paths);
        List<StoreOutcome> outcomes =
                new FileSender(ScuOptions.to(host, port, called, calling)).send(files, SendCommand::report);
        long stored = outcomes.stream().filter(StoreOutcome::stored).count();
        System.out.printf("%d of %d stored%n", stored, outcomes.size());
        return stored == outcomes.size() ? 0 : 1;
    }

    private static void report(SendProgress progress) {
        System.out.printf("%5d/%d  %6.1f files/s  %6.1f MB/s  %4d s left  %s  %s%n",
                progress.files(), progress.ofFiles(), progress.filesPerSecond(), progress.megabytesPerSecond(),
                progress.remaining().toSeconds(), progress.last().file().getFileName(), progress.last().sentence());
    }
}
