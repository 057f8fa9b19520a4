package io.hilum.processor.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Message;
import io.hilum.contracts.serde.EventSerde;
import io.hilum.contracts.topic.TopicAdmin;
import io.hilum.contracts.topic.Topics;
import io.hilum.embedded.BrokerProcess;
import io.hilum.processor.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments, with pending inference, uncommitted state and open transactions in hand.
 *
 * <p>More: {@code -Dhilum.kill.studies=500 -Dhilum.kill.count=10}. What it looks like when the drain is off:
 * {@code -Dhilum.kill.drain=off}; then the test must fail.
 */
class KillTest {

    private static final int PARTITIONS = 4;
    private static final int STUDIES = Integer.getInteger("hilum.kill.studies", 200);
    private static final int IMAGES_EACH = 4;
    private static final int KILLS = Integer.getInteger("hilum.kill.count", 4);
    private static final String DRAIN = System.getProperty("hilum.kill.drain", "on");

    @TempDir
    Path directory;

    @Test
    void neitherLosesNorRepeatsARevisionWhenKilledAgainAndAgain() throws Exception {
        try {
            killAgainAndAgain();
        } catch (Exception | AssertionError failed) {
            failed.addSuppressed(new IllegalStateException("The processes wrote last:" + System.lineSeparator()
                    + endOf(directory.resolve("broker/broker.log")) + endOf(directory.resolve("stream.log"))));
            throw failed;
        }
    }

    private void killAgainAndAgain() throws Exception {
        Random moments = new Random(7);
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"))) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                new TopicAdmin(admin, PARTITIONS, (short) 1).createAndCheck();
            }
            try (StreamProcess stream = new StreamProcess(broker.bootstrapServers(), directory, DRAIN);
                    FindingsReader reader = new FindingsReader(broker.bootstrapServers(), PARTITIONS)) {
                stream.start();
                int all = STUDIES * IMAGES_EACH;
                for (int kill = 0; kill < KILLS; kill++) {
                    send(broker.bootstrapServers(), STUDIES * kill / KILLS, STUDIES * (kill + 1) / KILLS);
                    int killAt = reader.records() + 1 + moments.nextInt(all / KILLS / 2);
                    reader.readUntil(seen -> seen.records() >= killAt, Duration.ofSeconds(40));
                    Thread.sleep(moments.nextInt(60));
                    stream.kill();
                    stream.start();
                }
                reader.readUntil(seen -> seen.records() >= all, Duration.ofSeconds(60));
                // What was repeated would stand behind: one more look.
                reader.readUntil(seen -> false, Duration.ofMillis(500));
                assertEquals(List.of(), Ledger.differences(reader.byStudy(), STUDIES, IMAGES_EACH));
                assertEquals(all, reader.records());
            }
        }
    }

    private static String endOf(Path log) throws IOException {
        if (!Files.exists(log)) {
            return log + " does not exist" + System.lineSeparator();
        }
        List<String> lines = Files.readAllLines(log);
        return log + System.lineSeparator()
                + String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 60), lines.size()))
                + System.lineSeparator();
    }

    private static void send(String bootstrap, int fromStudy, int toStudy) throws Exception {
        try (KafkaProducer<String, Message> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", "5"),
                new StringSerializer(), EventSerde.of(Topics.IMAGES).serializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (int image = 0; image < IMAGES_EACH; image++) {
                for (int study = fromStudy; study < toStudy; study++) {
                    sent.add(producer.send(new ProducerRecord<>(Topics.IMAGES.name(), TestImages.study(study),
                            TestImages.image(study, image).build())));
                }
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }
}
