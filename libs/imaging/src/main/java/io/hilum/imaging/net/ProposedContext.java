package io.hilum.imaging.net;

import java.util.List;

/**
 * One presentation context as a requestor proposes it, PS3.8 section 9.3.2.2.
 *
 * @param id odd, 1 to 255
 * @param abstractSyntax SOP class UID
 * @param transferSyntaxes transfer syntax UIDs in the sender's order
 */
public record ProposedContext(int id, String abstractSyntax, List<String> transferSyntaxes) {

    public ProposedContext {
        if (id < 1 || id > 255 || id % 2 == 0) {
            throw new IllegalArgumentException("presentation context id " + id + " is not an odd number from 1 to 255");
        }
        transferSyntaxes = List.copyOf(transferSyntaxes);
    }
}
