package io.hilum.quickstart.command;

import io.hilum.imaging.dicom.DicomHeader;
import io.hilum.imaging.dicom.DicomLimits;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.net.ScuOptions;
import io.hilum.imaging.net.StoreOutcome;
import io.hilum.quickstart.check.CheckReport;
import io.hilum.quickstart.check.DemoCheck;
import io.hilum.quickstart.check.FindingsWatcher;
import io.hilum.quickstart.check.SentStudies;
import io.hilum.quickstart.check.SinkClient;
import io.hilum.quickstart.house.House;
import io.hilum.quickstart.samples.SampleStudies;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole system with studies in it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the whole system on this machine and sends it studies: procedural films with known lesions, or your own.",
            "Without --check it stays until Ctrl-C."
        })
public final class DemoCommand implements Callable<Integer> {

    @Mixin
    private HouseArguments arguments;

    @Option(names = "--studies", paramLabel = "DIR", description = "send these DICOM files instead of procedural films")
    private Path studies;

    @Option(names = "--count", defaultValue = "24", description = "how many procedural films to send (default: ${DEFAULT-VALUE})")
    private int count;

    @Option(
            names = "--rate",
            defaultValue = "2",
            description = "studies a second; 0 for as fast as the door answers (default: ${DEFAULT-VALUE})")
    private double rate;

    @Option(
            names = "--check",
            description = "wait until each study is a row in the database and a record on the results topic, print one line "
                    + "of JSON last, and end; exit status 0 only if all are there")
    private boolean check;

    @Option(names = "--limit", defaultValue = "120", description = "with --check: seconds to wait after the last study (default: ${DEFAULT-VALUE})")
    private int limitSeconds;

    @Override
    public Integer call() throws Exception {
        Instant started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        try (House house = House.start(arguments.options(), System.out::println);
                FindingsWatcher watcher = new FindingsWatcher(house.bootstrap())) {
            List<Path> files = studies == null
                    ? SampleStudies.write(house.samples(), count, System.out::println)
                    : DicomFiles.under(List.of(studies));
            ScuOptions door = ScuOptions.to("127.0.0.1", house.ports().dicom(), "HILUM", "DEMO");
            SentStudies sent = account(new PacedSender(door, rate).send(files));
            if (check) {
                return check(house, watcher, sent, started);
            }
            Welcome.print(house);
            Forever.watch(house);
            return 1;
        }
    }

    private Integer check(House house, FindingsWatcher watcher, SentStudies sent, Instant started) throws Exception {
        DemoCheck wanted = new DemoCheck(watcher, new SinkClient(house.http(House.SINK)));
        CheckReport report = wanted.run(sent, started, Duration.ofSeconds(limitSeconds));
        watcher.requireHealthy();
        house.requireAllAlive();
        boolean complete = wanted.complete(report, sent);
        // The JSON line has to be the last one, after whatever stopping has to say.
        watcher.close();
        house.close();
        System.out.println(report.toJson());
        return complete ? 0 : 1;
    }

    private static SentStudies account(List<StoreOutcome> outcomes) throws IOException {
        Set<String> images = new HashSet<>();
        Set<String> studies = new HashSet<>();
        int refused = 0;
        int repeated = 0;
        for (StoreOutcome outcome : outcomes) {
            if (outcome.stored()) {
                repeated += images.add(outcome.sopInstanceUid()) ? 0 : 1;
                DicomHeader.read(outcome.file(), DicomLimits.DEFAULT).dataset()
                        .uid(Tag.STUDY_INSTANCE_UID).ifPresent(studies::add);
            } else {
                refused++;
            }
        }
        if (repeated > 0) {
            System.out.println(repeated + " images were accepted under a SOP Instance UID that another image of this run has.");
        }
        return new SentStudies(outcomes.size(), images, studies, repeated, refused);
    }
}
