package io.hilum.imaging.net;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides on an association request: refused as a whole, or each presentation context accepted or refused. */
final class Negotiator {

    private final AcceptorOptions options;

    Negotiator(AcceptorOptions options) {
        this.options = options;
    }

    /** Why the whole association is refused, or null. */
    RejectReason refusal(Pdu.AssociateRq request) {
        if ((request.protocolVersion() & 1) == 0) {
            return RejectReason.PROTOCOL_VERSION_NOT_SUPPORTED;
        }
        if (!Uids.DICOM_APPLICATION_CONTEXT.equals(request.applicationContext())) {
            return RejectReason.APPLICATION_CONTEXT_NOT_SUPPORTED;
        }
        if (!options.anyCalledAe() && !AeTitle.same(options.aeTitle(), request.calledAe())) {
            return RejectReason.CALLED_AE_NOT_RECOGNIZED;
        }
        boolean known = options.callingAes().isEmpty()
                || options.callingAes().stream().anyMatch(title -> AeTitle.same(title, request.callingAe()));
        return known ? null : RejectReason.CALLING_AE_NOT_RECOGNIZED;
    }

    Pdu.AssociateAc answer(Pdu.AssociateRq request) {
        List<AnsweredContext> answers = new ArrayList<>();
        request.contexts().forEach(proposed -> answers.add(answer(proposed)));
        UserInformation ours = UserInformation.ours(options.maxPduLength());
        return new Pdu.AssociateAc(request.calledAe(), request.callingAe(), request.applicationContext(), answers,
                request.user().asynchronous() ? ours.oneAtATime() : ours);
    }

    private AnsweredContext answer(ProposedContext proposed) {
        String first = proposed.transferSyntaxes().isEmpty()
                ? Uids.IMPLICIT_VR_LITTLE_ENDIAN : proposed.transferSyntaxes().get(0);
        boolean verification = Uids.VERIFICATION.equals(proposed.abstractSyntax());
        if (!verification && !options.sopClasses().test(proposed.abstractSyntax())) {
            return new AnsweredContext(proposed.id(), ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED, first);
        }
        // The sender's first choice is usually the encoding that it has: taking it spares a conversion.
        return proposed.transferSyntaxes().stream().filter(options.transferSyntaxes()::contains).findFirst()
                .map(syntax -> new AnsweredContext(proposed.id(), ContextResult.ACCEPTANCE, syntax))
                .orElse(new AnsweredContext(proposed.id(), ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED, first));
    }

    /** What both sides agreed on, by context id. */
    static Map<Integer, PresentationContext> agreed(List<ProposedContext> proposed, List<AnsweredContext> answered) {
        Map<Integer, PresentationContext> agreed = new LinkedHashMap<>();
        for (AnsweredContext answer : answered) {
            if (answer.result() == ContextResult.ACCEPTANCE) {
                proposed.stream().filter(context -> context.id() == answer.id()).findFirst()
                        .ifPresent(context -> agreed.put(context.id(), new PresentationContext(
                                context.id(), context.abstractSyntax(), answer.transferSyntax())));
            }
        }
        return agreed;
    }
}
