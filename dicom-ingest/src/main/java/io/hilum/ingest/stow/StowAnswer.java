package io.hilum.ingest.stow;

import io.hilum.ingest.door.Receipt;
import io.hilum.ingest.door.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Store Instances Response, PS3.18 section 10.5.3, in the DICOM JSON model (PS3.18 annex F).
 *
 * <p>Threading: one thread builds it.
 */
final class StowAnswer {

    private final List<Map<String, Object>> stored = new ArrayList<>();
    private final List<Map<String, Object>> failed = new ArrayList<>();
    private final List<Map<String, Object>> others = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();
    private boolean allTransient = true;

    void add(Receipt receipt) {
        if (receipt instanceof Receipt.Accepted accepted) {
            stored.add(instance(accepted.sopClassUid(), accepted.sopInstanceUid()));
            return;
        }
        Refusal refusal = (Refusal) receipt;
        allTransient &= refusal.cause().isTransient();
        sentences.add(refusal.sentence());
        Map<String, Object> item = refusal.sopInstanceUid().isEmpty()
                ? new LinkedHashMap<>() : instance(refusal.sopClassUid(), refusal.sopInstanceUid());
        item.put("00081197", element("US", refusal.cause().status()));
        // Without a UID the failure cannot refer to an instance (Other Failures Sequence).
        (refusal.sopInstanceUid().isEmpty() ? others : failed).add(item);
    }

    /** 200 all stored, 202 some, 409 none, 503 none because there is no room. */
    int status() {
        boolean anyFailed = !failed.isEmpty() || !others.isEmpty();
        if (!anyFailed) {
            return 200;
        }
        if (!stored.isEmpty()) {
            return 202;
        }
        return allTransient ? 503 : 409;
    }

    /** What was wrong, in words; the data set has no place for it. */
    List<String> sentences() {
        return sentences;
    }

    boolean isEmpty() {
        return stored.isEmpty() && failed.isEmpty() && others.isEmpty();
    }

    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        sequence(body, "00081198", failed);
        sequence(body, "00081199", stored);
        sequence(body, "0008119A", others);
        return body;
    }

    private static void sequence(Map<String, Object> body, String tag, List<Map<String, Object>> items) {
        if (!items.isEmpty()) {
            Map<String, Object> element = new LinkedHashMap<>();
            element.put("vr", "SQ");
            element.put("Value", items);
            body.put(tag, element);
        }
    }

    private static Map<String, Object> instance(String sopClass, String instance) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("00081150", element("UI", sopClass));
        item.put("00081155", element("UI", instance));
        return item;
    }

    private static Map<String, Object> element(String vr, Object value) {
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("vr", vr);
        element.put("Value", List.of(value));
        return element;
    }
}
