package io.hilum.imaging.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/** Opens associations as a client. */
final class Requestor {

    private Requestor() {}

    /**
     * Connects and negotiates.
     *
     * @throws AssociationException when the server refuses the association, with its reason in words
     */
    static Association connect(ScuOptions options, List<ProposedContext> contexts) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(options.host(), options.port()),
                    (int) options.connectTimeout().toMillis());
            SocketInput bytes = new SocketInput(socket);
            PduInput input = new PduInput(bytes);
            PduOutput output = new PduOutput(socket.getOutputStream());
            bytes.deadline(options.responseTimeout());
            output.send(new Pdu.AssociateRq(1, options.calledAe(), options.callingAe(),
                    Uids.DICOM_APPLICATION_CONTEXT, contexts, UserInformation.ours(options.maxPduLength())));
            Pdu answer = input.control();
            bytes.noDeadline();
            if (answer instanceof Pdu.AssociateRj rejection) {
                throw new AssociationException(AssociationException.Cause.REJECTED, AbortReason.NOT_SPECIFIED,
                        "%s at %s:%d refused the association: %s.".formatted(options.calledAe(), options.host(),
                                options.port(), rejection.reason().sentence()));
            }
            if (!(answer instanceof Pdu.AssociateAc accepted)) {
                throw AssociationException.protocol(AbortReason.UNEXPECTED_PDU, "The server answered the request with something else.");
            }
            output.limit(accepted.user().maxPduLength());
            return new Association(socket, bytes, input, output, Negotiator.agreed(contexts, accepted.contexts()),
                    options.responseTimeout(), options.responseTimeout(), AcceptorOptions.DEFAULT_OBJECT_TIMEOUT);
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }
}
