package io.hilum.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.hilum.imaging.dicom.DicomHeader;
import io.hilum.imaging.dicom.DicomLimits;
import io.hilum.imaging.dicom.Tag;
import io.hilum.quickstart.check.FindingsWatcher;
import io.hilum.quickstart.house.House;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What becomes of one foreign file: sent by C-STORE; if the sender cannot even read it, put into the
 * watched folder, the door that takes what nobody can send.
 */
final class Fate {

    private final Path file;
    private final String sender;
    private final String sopInstanceUid;

    Fate(Path file, String sender) {
        this.file = file;
        this.sender = sender;
        this.sopInstanceUid = sopInstanceUid(file);
    }

    String sender() {
        return sender;
    }

    void send(House house) throws IOException, InterruptedException {
        String said = Dcmsend.send(file, house.ports().dicom(), sender);
        boolean notEvenSent = said.contains("no valid DICOM") || said.contains("no files to be sent")
                || said.contains("bad DICOM file") || said.contains("No such file")
                // dcmsend opens the association first and reads the file then: we never hear of it.
                || said.toLowerCase(java.util.Locale.ROOT).contains("cannot send sop instance");
        if (notEvenSent) {
            Path watched = house.watchedFolder();
            Path copy = watched.resolve("." + sender + "-" + file.getFileName());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.move(copy, watched.resolve(sender + "-" + file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Whether it came out somewhere where somebody sees it, with a reason unless it came out as findings. */
    boolean settled(FindingsWatcher watcher, JsonNode refused) {
        if (sopInstanceUid != null && watcher.images().contains(sopInstanceUid)) {
            return true;
        }
        for (JsonNode letter : refused) {
            boolean ours = letter.path("sender").asText().contains(sender)
                    || (sopInstanceUid != null && letter.path("sopInstanceUid").asText().equals(sopInstanceUid));
            if (ours && !letter.path("cause").asText().isBlank() && !letter.path("causeCode").asText().isBlank()) {
                return true;
            }
        }
        return false;
    }

    private static String sopInstanceUid(Path file) {
        try {
            return DicomHeader.read(file, DicomLimits.DEFAULT).dataset().uid(Tag.SOP_INSTANCE_UID).orElse(null);
        } catch (IOException broken) {
            return null;
        }
    }

    @Override
    public String toString() {
        return sender + " " + file.getFileName();
    }
}
