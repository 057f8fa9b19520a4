package io.hilum.ingest.door;

import io.hilum.imaging.dicom.Attributes;
import io.hilum.imaging.dicom.Tag;
import io.hilum.imaging.net.Uids;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Only radiographs of the chest come in. A film is one when its SOP class and modality are on the list and the first
 * of these that says anything says chest: Body Part Examined (0018,0015), Anatomic Region Sequence (0008,2218), then
 * the descriptions of study, series, protocol and requested procedure.
 *
 * <p>Threading: immutable.
 */
public final class ChestGate {

    private static final List<Integer> DESCRIPTIONS = List.of(Tag.SERIES_DESCRIPTION, Tag.PROTOCOL_NAME,
            Tag.STUDY_DESCRIPTION, Tag.REQUESTED_PROCEDURE_DESCRIPTION);

    private static final int QUOTED_REGIONS = 4;

    private final Set<String> sopClasses;
    private final Set<String> modalities;
    private final Pattern chest;
    private final boolean acceptUnknown;

    /**
     * @param sopClasses SOP class UIDs that are taken
     * @param modalities values of Modality (0008,0060) that are taken
     * @param chestWords words any of which says chest, matched as whole words without regard to case
     * @param acceptUnknown take a film that says nothing at all of its body part
     */
    public ChestGate(Set<String> sopClasses, Set<String> modalities, List<String> chestWords, boolean acceptUnknown) {
        this.sopClasses = Set.copyOf(sopClasses);
        this.modalities = Set.copyOf(modalities);
        this.acceptUnknown = acceptUnknown;
        List<String> words = chestWords.stream().map(word -> Pattern.quote(word.trim().toUpperCase(Locale.ROOT))).toList();
        if (sopClasses.isEmpty() || modalities.isEmpty() || words.isEmpty()) {
            throw new IllegalArgumentException("The chest gate needs SOP classes, modalities and chest words; with an "
                    + "empty list nothing could ever come in.");
        }
        this.chest = Pattern.compile("(?<![A-Z])(" + String.join("|", words) + ")(?![A-Z])");
    }

    /** Before anything was read: what the sender announces is enough for many refusals. */
    void checkSopClass(String sopClassUid) throws RefusedException {
        if (!sopClasses.contains(sopClassUid)) {
            throw new RefusedException(RefusalCause.WRONG_SOP_CLASS, "The object is of SOP class " + Uids.name(sopClassUid)
                    + ". Only CR and DX images of the chest are taken; take this kind out of the sender's routing "
                    + "rule, or add the SOP class to hilum.ingest.gate.sop-classes.");
        }
    }

    void check(Attributes film) throws RefusedException {
        String modality = film.string(Tag.MODALITY, "").trim();
        if (!modalities.contains(modality)) {
            throw new RefusedException(RefusalCause.WRONG_MODALITY, "Modality (0008,0060) is '" + Excerpt.ofValue(modality)
                    + "'. Only " + String.join(" and ", modalities.stream().sorted().toList()) + " are taken.");
        }
        String bodyPart = film.string(Tag.BODY_PART_EXAMINED, "").trim();
        if (!bodyPart.isEmpty()) {
            require(saysChest(bodyPart), "Body Part Examined (0018,0015) is '" + Excerpt.ofValue(bodyPart) + "'");
            return;
        }
        List<String> regions = regions(film);
        if (!regions.isEmpty()) {
            require(regions.stream().anyMatch(this::saysChest), "Anatomic Region Sequence (0008,2218) says "
                    + regions.stream().map(Excerpt::ofValue).limit(QUOTED_REGIONS).toList());
            return;
        }
        boolean described = DESCRIPTIONS.stream().anyMatch(tag -> saysChest(film.string(tag, "")));
        if (!described && !acceptUnknown) {
            throw new RefusedException(RefusalCause.BODY_PART_UNKNOWN, "Nothing in the header says that this is a chest "
                    + "film: Body Part Examined (0018,0015) is empty and no description names the chest. Set the body "
                    + "part at the modality, add its words to hilum.ingest.gate.chest-words, or accept such films with "
                    + "hilum.ingest.gate.accept-unknown.");
        }
    }

    private static List<String> regions(Attributes film) {
        List<String> regions = new ArrayList<>();
        for (Attributes item : film.items(Tag.ANATOMIC_REGION_SEQUENCE)) {
            String region = (item.string(Tag.CODE_VALUE, "") + " " + item.string(Tag.CODE_MEANING, "")).trim();
            if (!region.isEmpty()) {
                regions.add(region);
            }
        }
        return regions;
    }

    private boolean saysChest(String text) {
        return chest.matcher(text.toUpperCase(Locale.ROOT)).find();
    }

    private static void require(boolean chest, String what) throws RefusedException {
        if (!chest) {
            throw new RefusedException(RefusalCause.NOT_CHEST, what + ", which is not the chest. Only chest films are "
                    + "taken; route the others elsewhere.");
        }
    }
}
