package io.hilum.contracts.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TextFormat;
import io.hilum.contracts.topic.Topic;
import io.hilum.contracts.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The events of this build against the released ones, which lie beside this test as a descriptor set. */
class SchemaCompatibilityTest {

    private static final Path RELEASED = Path.of("src/test/resources/released/v1.textproto");
    /** "true" records additions; "broken" records anything. */
    private static final String RECORD = System.getProperty("hilum.contracts.record", "");
    private static final String HOW = """
            %nThe events differ from the released ones in a way that breaks who holds old records or old code:%n  %s
            Give the field a new number and reserve the old one. If nobody has released %s yet, or a break is decided, record it:
              mvn -pl libs/contracts -am test -Dtest=SchemaCompatibilityTest -Dsurefire.failIfNoSpecifiedTests=false -Dhilum.contracts.record=broken
            and raise SchemaHeaders.CURRENT_VERSION. (-Dhilum.contracts.record=true records additions only.)""";

    @Test
    void breaksNobodyWhoHoldsRecordsOfTheReleasedEvents() throws IOException {
        FileDescriptorSet current = current();
        List<String> problems = SchemaCompatibility.problems(released(), current);
        if (RECORD.equals("broken") || RECORD.equals("true") && problems.isEmpty()) {
            Files.writeString(RELEASED, TextFormat.printer().printToString(current), StandardCharsets.UTF_8);
        } else if (!problems.isEmpty()) {
            fail(HOW.formatted(String.join(System.lineSeparator() + "  ", problems), RELEASED));
        }
    }

    @Test
    void knowsEveryFileOfTheContract() throws IOException {
        try (var files = Files.list(Path.of("src/main/protobuf/hilum"))) {
            assertEquals(files.map(file -> "hilum/" + file.getFileName()).sorted().toList(),
                    current().getFileList().stream().map(file -> file.getName()).toList());
        }
        assertTrue(released().getFileCount() > 0, RELEASED + " holds nothing to compare with");
    }

    /** From the generated classes: what runs, not what a tool would make of the files. */
    private static FileDescriptorSet current() {
        TreeMap<String, FileDescriptor> files = new TreeMap<>();
        for (Topic topic : Topics.ALL) {
            for (Topic.EventType<?> event : topic.events()) {
                collect(com.google.protobuf.Internal.getDefaultInstance(event.type()).getDescriptorForType().getFile(), files);
            }
        }
        FileDescriptorSet.Builder set = FileDescriptorSet.newBuilder();
        files.values().forEach(file -> set.addFile(file.toProto()));
        return set.build();
    }

    private static void collect(FileDescriptor file, TreeMap<String, FileDescriptor> files) {
        files.put(file.getName(), file);
        file.getDependencies().forEach(each -> collect(each, files));
    }

    private static FileDescriptorSet released() throws IOException {
        return Files.exists(RELEASED)
                ? TextFormat.parse(Files.readString(RELEASED, StandardCharsets.UTF_8), FileDescriptorSet.class)
                : FileDescriptorSet.getDefaultInstance();
    }
}
