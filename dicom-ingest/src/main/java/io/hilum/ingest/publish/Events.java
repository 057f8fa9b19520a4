package io.hilum.ingest.publish;

import com.google.protobuf.ByteString;
import io.hilum.contracts.event.Canvas;
import io.hilum.contracts.event.DoorTimes;
import io.hilum.contracts.event.ImageReceived;
import io.hilum.contracts.event.StudyReceived;
import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.Tag;
import io.hilum.ingest.journal.ReceivedEntry;

/**
 * Builds the events of one film.
 *
 * <p>Threading: immutable.
 */
public final class Events {

    private final String site;
    private final PatientKey patientKey;

    public Events(String site, PatientKey patientKey) {
        this.site = site;
        this.patientKey = patientKey;
    }

    /** Everything but the time of publishing. No name and no number of a person stands in it. */
    ImageReceived image(ReceivedEntry entry, Attributes film, Canvas canvas, long renderedMicros) {
        ImageReceived.Builder image = ImageReceived.newBuilder()
                .setStudyUid(entry.studyUid())
                .setSeriesUid(film.string(Tag.SERIES_INSTANCE_UID, ""))
                .setSopInstanceUid(entry.sopInstanceUid())
                .setSopClassUid(film.string(Tag.SOP_CLASS_UID, ""))
                .setObjectSha256(entry.sha256())
                .setObjectUri(entry.uri().toString())
                .setObjectBytes(entry.bytes())
                .setSite(site)
                .setDoor(entry.way().door())
                .setCallingAe(entry.sender())
                .setDevice(FilmFacts.device(film))
                .setPatientKey(patientKey.of(film))
                .setSex(FilmFacts.sex(film))
                .setView(FilmFacts.view(film))
                .setBodyPart(film.string(Tag.BODY_PART_EXAMINED, ""))
                .setSynthetic(FilmFacts.isSynthetic(film))
                .setCanvas(canvas)
                .setTimes(DoorTimes.newBuilder().setReceived(entry.receivedMicros()).setStored(entry.storedMicros())
                        .setRendered(renderedMicros));
        FilmFacts.ageYears(film).ifPresent(image::setAgeYears);
        return image.build();
    }

    static Canvas canvas(byte[] png, String pixelSha256, String uri, io.hilum.imaging.canvas.RenderedCanvas rendered) {
        return Canvas.newBuilder()
                .setPng(ByteString.copyFrom(png))
                .setPixelSha256(pixelSha256)
                .setWidth(rendered.canvas().width())
                .setHeight(rendered.canvas().height())
                .setUri(uri)
                .setRenderer(rendered.renderer())
                .setSourceColumns(rendered.sourceColumns())
                .setSourceRows(rendered.sourceRows()).build();
    }

    StudyReceived study(ReceivedEntry entry, Attributes film) {
        return StudyReceived.newBuilder()
                .setStudyUid(entry.studyUid())
                .setSite(site)
                .setPatientName(film.string(Tag.PATIENT_NAME, ""))
                .setPatientId(film.string(Tag.PATIENT_ID, ""))
                .setIssuerOfPatientId(film.string(Tag.ISSUER_OF_PATIENT_ID, ""))
                .setBirthDate(film.string(Tag.PATIENT_BIRTH_DATE, ""))
                .setSex(FilmFacts.sex(film))
                .setAccessionNumber(film.string(Tag.ACCESSION_NUMBER, ""))
                .setStudyDate(film.string(Tag.STUDY_DATE, ""))
                .setStudyTime(film.string(Tag.STUDY_TIME, ""))
                .setStudyDescription(film.string(Tag.STUDY_DESCRIPTION, ""))
                .setReferringPhysician(film.string(Tag.REFERRING_PHYSICIAN_NAME, ""))
                .setRequestedProcedureId(FilmFacts.requested(film, Tag.REQUESTED_PROCEDURE_ID))
                .setPlacerOrderNumber(FilmFacts.requested(film, Tag.PLACER_ORDER_NUMBER_IMAGING_SERVICE_REQUEST))
                .setReceived(entry.receivedMicros()).build();
    }
}
