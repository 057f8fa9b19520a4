package io.hilum.imaging.net;

import java.io.IOException;
import java.io.InputStream;

/**
 * The data set of one message, gathered from its values while they arrive.
 *
 * <p>An abort or a lost connection in the middle is an {@link AssociationException} from {@code read}: an end of
 * stream always means that the sender marked the last fragment.
 */
final class DataSetInput extends InputStream {

    private final PduInput input;
    private final int contextId;
    private Pdv value;
    private boolean ended;

    DataSetInput(PduInput input, int contextId) {
        this.input = input;
        this.contextId = contextId;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (value == null) {
                value = nextFragment();
            }
            int count = input.read(target, offset, length);
            if (count > 0) {
                return count;
            }
            ended = value.last();
            value = null;
        }
        return -1;
    }

    private Pdv nextFragment() throws IOException {
        Pdv next = input.nextValue();
        if (next == null) {
            throw AssociationException.protocol(AbortReason.UNEXPECTED_PDU,
                    "The peer asked for release in the middle of a data set.");
        }
        if (next.command() || next.contextId() != contextId) {
            throw AssociationException.protocol(AbortReason.INVALID_PDU_PARAMETER,
                    "A command or another presentation context stands in the middle of a data set.");
        }
        return next;
    }

    /** Reads what is left and forgets it. */
    void drain() throws IOException {
        byte[] scratch = new byte[16 << 10];
        while (read(scratch, 0, scratch.length) >= 0) {
            // On purpose: the peer sends to its end before it reads our answer.
        }
    }
}
