package io.hilum.imaging.net;

/**
 * One DIMSE message.
 *
 * @param context the presentation context that it came in
 * @param dataSet null when the command announces none
 */
record Message(PresentationContext context, Command command, DataSetInput dataSet) {

    void drain() throws java.io.IOException {
        if (dataSet != null) {
            dataSet.drain();
        }
    }
}
