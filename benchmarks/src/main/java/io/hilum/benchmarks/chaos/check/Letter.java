package io.hilum.benchmarks.chaos.check;

/**
 * A dead letter.
 *
 * @param code its cause code
 * @param topic of the record that it is about, with {@code partition} and {@code offset}
 */
public record Letter(String code, String topic, int partition, long offset, String study, String sop) {

    /** Of the record that it is about. */
    String place() {
        return topic + "/" + partition + "/" + offset;
    }
}
