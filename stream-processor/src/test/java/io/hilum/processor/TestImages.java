package io.hilum.processor;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.DoorTimes;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.Sex;
import io.hilum.contracts.event.View;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Sound image events of studies that never were. */
public final class TestImages {

    private TestImages() {}

    public static String study(int number) {
        return "2.25.1000" + number;
    }

    public static String sop(int study, int image) {
        return study(study) + "." + image;
    }

    /** A frontal film of an adult; its canvas is bytes, not a picture. */
    public static ImageReceived.Builder image(int study, int image) {
        return ImageReceived.newBuilder()
                .setStudyUid(study(study))
                .setSeriesUid(study(study) + ".0")
                .setSopInstanceUid(sop(study, image))
                .setObjectSha256(sha256(sop(study, image)))
                .setObjectUri("file:///objects/" + sop(study, image) + ".dcm")
                .setSite("test")
                .setPatientKey(sha256("patient" + study))
                .setAgeYears(50)
                .setSex(Sex.FEMALE)
                .setView(View.PA)
                .setCanvas(Canvas.newBuilder().setPng(ByteString.copyFromUtf8("pixels")).setPixelSha256(sha256("pixels"))
                        .setWidth(512).setHeight(600).setUri("file:///canvas/" + sop(study, image) + ".png"))
                .setTimes(DoorTimes.newBuilder().setReceived(1_000_000L + image));
    }

    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
