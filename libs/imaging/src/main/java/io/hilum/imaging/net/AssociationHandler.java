package io.hilum.imaging.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;

/**
 * One association on the server's side, from the first byte to the last, in five stages: request, negotiation,
 * messages, release or abort, close.
 *
 * <p>Threading: {@link #run()} owns it; {@link #stop()} and {@link #cut()} may come from any thread.
 */
final class AssociationHandler implements Runnable {

    private static final System.Logger LOG = System.getLogger(AssociationHandler.class.getName());

    private final Socket socket;
    private final AcceptorOptions options;
    private final StoreHandler handler;
    private final AssociationListener listener;
    private final RejectReason rejectWith;
    private final String remote;
    private boolean answering;
    private boolean stopping;

    /** @param rejectWith refuse whatever is asked for; null to serve */
    AssociationHandler(Socket socket, AcceptorOptions options, StoreHandler handler, AssociationListener listener,
            RejectReason rejectWith) {
        this.socket = socket;
        this.options = options;
        this.handler = handler;
        this.listener = listener;
        this.rejectWith = rejectWith;
        this.remote = socket.getInetAddress().getHostAddress();
    }

    @Override
    public void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            SocketInput bytes = new SocketInput(socket);
            bytes.deadline(options.requestTimeout());
            PduInput input = new PduInput(bytes);
            PduOutput output = new PduOutput(socket.getOutputStream());
            try {
                negotiate(bytes, input, output);
            } catch (AssociationException ended) {
                // Nobody was there yet: port scanners and load balancers need no line in the log.
                LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", remote, ended.getMessage());
                if (ended.wantsAbort()) {
                    output.send(new Pdu.Abort(ended.abortReason()));
                }
            }
        } catch (IOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", remote, gone.getMessage());
        }
    }

    /** Ends the association: at once where it waits for a message, else as soon as the one in work is answered. */
    synchronized void stop() {
        stopping = true;
        if (!answering) {
            cut();
        }
    }

    private synchronized boolean beginAnswer() {
        answering = true;
        return !stopping;
    }

    private synchronized void endAnswer() {
        answering = false;
        if (stopping) {
            cut();
        }
    }

    void cut() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // Closed is closed.
        }
    }

    private void negotiate(SocketInput bytes, PduInput input, PduOutput output) throws IOException {
        Pdu first = input.control();
        if (!(first instanceof Pdu.AssociateRq request)) {
            throw AssociationException.protocol(AbortReason.UNEXPECTED_PDU, "The peer did not begin with A-ASSOCIATE-RQ.");
        }
        bytes.noDeadline();
        Negotiator negotiator = new Negotiator(options);
        RejectReason refusal = rejectWith != null ? rejectWith : negotiator.refusal(request);
        if (refusal != null) {
            listener.rejected(request.callingAe(), request.calledAe(), remote, refusal);
            output.send(new Pdu.AssociateRj(refusal));
            awaitClose(bytes);
            return;
        }
        Pdu.AssociateAc answer = negotiator.answer(request);
        reportRefusedContexts(request, answer);
        output.limit(request.user().maxPduLength());
        output.send(answer);
        Map<Integer, PresentationContext> contexts = Negotiator.agreed(request.contexts(), answer.contexts());
        serve(request, new Association(socket, bytes, input, output, contexts, options.idleTimeout(),
                options.dataTimeout(), options.objectTimeout()));
    }

    private void reportRefusedContexts(Pdu.AssociateRq request, Pdu.AssociateAc answer) {
        for (int i = 0; i < request.contexts().size(); i++) {
            ContextResult result = answer.contexts().get(i).result();
            if (result != ContextResult.ACCEPTANCE) {
                listener.contextRefused(request.callingAe(), remote, request.contexts().get(i), result);
            }
        }
    }

    private void serve(Pdu.AssociateRq request, Association association) {
        listener.opened(request.callingAe(), remote);
        AssociationException failure = null;
        try {
            Message message;
            while ((message = association.receive()) != null) {
                if (!beginAnswer()) {
                    break;
                }
                try {
                    answer(request, association, message);
                } finally {
                    endAnswer();
                }
            }
        } catch (AssociationException ended) {
            failure = ended;
            if (ended.wantsAbort()) {
                association.abort(ended.abortReason());
            }
        } catch (IOException broken) {
            failure = AssociationException.lost("The connection broke: " + broken.getMessage());
        } finally {
            listener.closed(request.callingAe(), remote, failure);
        }
    }

    private void answer(Pdu.AssociateRq request, Association association, Message message) throws IOException {
        Command command = message.command();
        switch (command.field()) {
            case C_ECHO_RQ -> {
                message.drain();
                association.send(message.context(),
                        command.response().number(Command.STATUS, DimseStatus.SUCCESS).build());
            }
            case C_STORE_RQ -> store(request, association, message);
            case C_CANCEL_RQ -> message.drain(); // Nothing is ever pending that could be cancelled.
            case C_STORE_RSP, C_ECHO_RSP, OTHER -> {
                message.drain();
                association.send(message.context(), command.response()
                        .number(Command.STATUS, DimseStatus.UNRECOGNIZED_OPERATION)
                        .comment("Only C-STORE and C-ECHO are served here").build());
            }
        }
    }

    private void store(Pdu.AssociateRq request, Association association, Message message) throws IOException {
        Command command = message.command();
        StoreResponse response = stored(request, message);
        message.drain();
        association.send(message.context(), command.response()
                .uid(Command.AFFECTED_SOP_INSTANCE, command.text(Command.AFFECTED_SOP_INSTANCE))
                .number(Command.STATUS, response.status())
                .comment(response.comment()).build());
    }

    private StoreResponse stored(Pdu.AssociateRq request, Message message) throws IOException {
        Command command = message.command();
        PresentationContext context = message.context();
        String sopClass = command.text(Command.AFFECTED_SOP_CLASS);
        if (message.dataSet() == null) {
            return new StoreResponse(DimseStatus.CANNOT_UNDERSTAND, "C-STORE without a data set");
        }
        if (!sopClass.equals(context.abstractSyntax())) {
            return new StoreResponse(DimseStatus.SOP_CLASS_NOT_SUPPORTED, "SOP class differs from its presentation context");
        }
        StoreRequest store = new StoreRequest(request.callingAe(), request.calledAe(), remote, sopClass,
                command.text(Command.AFFECTED_SOP_INSTANCE), context.transferSyntax());
        try {
            return handler.store(store, message.dataSet());
        } catch (AssociationException ended) {
            throw ended;
        } catch (IOException | RuntimeException failed) {
            LOG.log(System.Logger.Level.ERROR, "Storing " + store.sopInstanceUid() + " from " + store.callingAe()
                    + " failed.", failed);
            return new StoreResponse(DimseStatus.PROCESSING_FAILURE, "Internal failure, see the log of Hilum");
        }
    }

    /** Closing first would reset the connection and may eat the answer: the requestor closes (PS3.8, state 13). */
    private static void awaitClose(SocketInput bytes) throws IOException {
        bytes.deadline(java.time.Duration.ofSeconds(2));
        try {
            while (true) {
                bytes.read();
            }
        } catch (EOFException | AssociationException closed) {
            // Closed, or waited long enough.
        }
    }
}
