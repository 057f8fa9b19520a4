package io.hilum.imaging.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;

/**
 * An established association: messages in, messages out, release or abort. Both sides use it.
 *
 * <p>Threading: owned by one thread; only {@link #close()} may be called from another, to cut it short.
 */
final class Association implements AutoCloseable {

    /** Command sets are some hundred bytes; a longer one is hostile. */
    private static final int MAX_COMMAND = 64 << 10;

    private final Socket socket;
    private final SocketInput bytes;
    private final PduInput input;
    private final PduOutput output;
    private final Map<Integer, PresentationContext> contexts;
    private final Duration idle;
    private final Duration data;
    private final Duration whole;

    /**
     * @param idle longest silence between two messages
     * @param data longest silence within a message
     * @param whole longest time for a message
     */
    Association(Socket socket, SocketInput bytes, PduInput input, PduOutput output,
            Map<Integer, PresentationContext> contexts, Duration idle, Duration data, Duration whole) {
        this.socket = socket;
        this.bytes = bytes;
        this.input = input;
        this.output = output;
        this.contexts = Map.copyOf(contexts);
        this.idle = idle;
        this.data = data;
        this.whole = whole;
    }

    Map<Integer, PresentationContext> contexts() {
        return contexts;
    }

    /**
     * The next message. Its data set must be read to its end before the next call.
     *
     * @return null when the peer asked for release, which is already answered
     */
    Message receive() throws IOException {
        bytes.noDeadline();
        bytes.silence(idle);
        Pdv value = input.nextValue();
        if (value == null) {
            output.send(new Pdu.ReleaseRp());
            return null;
        }
        bytes.silence(data);
        bytes.deadline(whole);
        PresentationContext context = contexts.get(value.contextId());
        if (context == null) {
            throw AssociationException.protocol(AbortReason.INVALID_PDU_PARAMETER,
                    "A message came in presentation context " + value.contextId() + ", which was not accepted.");
        }
        Command command = Command.decode(commandBytes(value));
        DataSetInput dataSet = command.hasDataSet() ? new DataSetInput(input, context.id()) : null;
        return new Message(context, command, dataSet);
    }

    private byte[] commandBytes(Pdv first) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] part = new byte[4096];
        Pdv value = first;
        while (true) {
            if (value == null || !value.command() || value.contextId() != first.contextId()) {
                throw AssociationException.protocol(AbortReason.UNEXPECTED_PDU,
                        "Something else stands where a command set should go on.");
            }
            for (int count = input.read(part, 0, part.length); count >= 0; count = input.read(part, 0, part.length)) {
                bytes.write(part, 0, count);
                if (bytes.size() > MAX_COMMAND) {
                    throw AssociationException.protocol(AbortReason.INVALID_PDU_PARAMETER,
                            "A command set is longer than " + MAX_COMMAND + " bytes.");
                }
            }
            if (value.last()) {
                return bytes.toByteArray();
            }
            value = input.nextValue();
        }
    }

    /** Sends a command without a data set. */
    void send(PresentationContext context, Command command) throws IOException {
        output.command(context.id(), command.encode());
        output.flush();
    }

    /** Sends a command and its data set. */
    void send(PresentationContext context, Command command, InputStream dataSet) throws IOException {
        output.command(context.id(), command.encode());
        output.data(context.id(), dataSet);
    }

    /** Asks for release and waits for the answer, as a requestor does. */
    void release() throws IOException {
        output.send(new Pdu.ReleaseRq());
        bytes.deadline(data);
        input.control();
    }

    /** Tells the peer, as far as it still listens, and closes. */
    void abort(AbortReason reason) {
        try {
            output.send(new Pdu.Abort(reason));
        } catch (IOException gone) {
            // The peer is told or it is gone; in both cases this is the end.
        }
        close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // Nothing is left to be done with it.
        }
    }
}
