package io.hilum.imaging.net;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Bytes of A-ASSOCIATE-RQ and A-ASSOCIATE-AC bodies (without the six bytes of PDU header), PS3.8 section 9.3.2/3. */
final class AssociateCodec {

    private static final int APPLICATION_CONTEXT = 0x10;
    private static final int PROPOSED_CONTEXT = 0x20;
    private static final int ANSWERED_CONTEXT = 0x21;
    private static final int ABSTRACT_SYNTAX = 0x30;
    private static final int TRANSFER_SYNTAX = 0x40;
    private static final int USER_INFORMATION = 0x50;
    private static final int MAX_LENGTH = 0x51;
    private static final int IMPLEMENTATION_CLASS = 0x52;
    private static final int ASYNCHRONOUS_OPERATIONS = 0x53;
    private static final int IMPLEMENTATION_VERSION = 0x55;

    private static final int AE_LENGTH = 16;
    private static final int RESERVED_LENGTH = 32;

    private AssociateCodec() {}

    static byte[] encode(Pdu.AssociateRq request) {
        ByteArrayOutputStream out = fixedPart(request.protocolVersion(), request.calledAe(), request.callingAe());
        item(out, APPLICATION_CONTEXT, text(request.applicationContext()));
        for (ProposedContext context : request.contexts()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(new byte[] {(byte) context.id(), 0, 0, 0});
            item(body, ABSTRACT_SYNTAX, text(context.abstractSyntax()));
            context.transferSyntaxes().forEach(syntax -> item(body, TRANSFER_SYNTAX, text(syntax)));
            item(out, PROPOSED_CONTEXT, body.toByteArray());
        }
        item(out, USER_INFORMATION, encode(request.user()));
        return out.toByteArray();
    }

    static byte[] encode(Pdu.AssociateAc answer) {
        ByteArrayOutputStream out = fixedPart(1, answer.calledAe(), answer.callingAe());
        item(out, APPLICATION_CONTEXT, text(answer.applicationContext()));
        for (AnsweredContext context : answer.contexts()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(new byte[] {(byte) context.id(), 0, (byte) context.result().code(), 0});
            item(body, TRANSFER_SYNTAX, text(context.transferSyntax()));
            item(out, ANSWERED_CONTEXT, body.toByteArray());
        }
        item(out, USER_INFORMATION, encode(answer.user()));
        return out.toByteArray();
    }

    static Pdu.AssociateRq decodeRequest(byte[] body) throws AssociationException {
        try {
            ByteBuffer in = ByteBuffer.wrap(body);
            Fixed fixed = fixedPart(in);
            String application = "";
            UserInformation user = decodeUser(ByteBuffer.allocate(0));
            List<ProposedContext> contexts = new ArrayList<>();
            while (in.hasRemaining()) {
                Item item = item(in);
                switch (item.type) {
                    case APPLICATION_CONTEXT -> application = text(item.body);
                    case PROPOSED_CONTEXT -> contexts.add(proposed(item.body));
                    case USER_INFORMATION -> user = decodeUser(item.body);
                    default -> { } // PS3.8 section 9.3.1: unrecognised items are ignored.
                }
            }
            return new Pdu.AssociateRq(fixed.version, fixed.called, fixed.calling, application, contexts, user);
        } catch (BufferUnderflowException | IllegalArgumentException broken) {
            throw malformed("A-ASSOCIATE-RQ", broken);
        }
    }

    static Pdu.AssociateAc decodeAnswer(byte[] body) throws AssociationException {
        try {
            ByteBuffer in = ByteBuffer.wrap(body);
            Fixed fixed = fixedPart(in);
            String application = "";
            UserInformation user = decodeUser(ByteBuffer.allocate(0));
            List<AnsweredContext> contexts = new ArrayList<>();
            while (in.hasRemaining()) {
                Item item = item(in);
                switch (item.type) {
                    case APPLICATION_CONTEXT -> application = text(item.body);
                    case ANSWERED_CONTEXT -> contexts.add(answered(item.body));
                    case USER_INFORMATION -> user = decodeUser(item.body);
                    default -> { }
                }
            }
            return new Pdu.AssociateAc(fixed.called, fixed.calling, application, contexts, user);
        } catch (BufferUnderflowException | IllegalArgumentException broken) {
            throw malformed("A-ASSOCIATE-AC", broken);
        }
    }

    private static ProposedContext proposed(ByteBuffer in) {
        int id = in.get() & 0xFF;
        in.position(in.position() + 3);
        String abstractSyntax = "";
        List<String> transferSyntaxes = new ArrayList<>();
        while (in.hasRemaining()) {
            Item item = item(in);
            if (item.type == ABSTRACT_SYNTAX) {
                abstractSyntax = text(item.body);
            } else if (item.type == TRANSFER_SYNTAX) {
                transferSyntaxes.add(text(item.body));
            }
        }
        return new ProposedContext(id, abstractSyntax, transferSyntaxes);
    }

    private static AnsweredContext answered(ByteBuffer in) {
        int id = in.get() & 0xFF;
        in.get();
        ContextResult result = ContextResult.of(in.get() & 0xFF);
        in.get();
        // Some acceptors leave the transfer syntax out of a refused context.
        String syntax = in.hasRemaining() ? text(item(in).body) : "";
        return new AnsweredContext(id, result, syntax);
    }

    private static byte[] encode(UserInformation user) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        item(out, MAX_LENGTH, ByteBuffer.allocate(4).putInt(user.maxPduLength()).array());
        item(out, IMPLEMENTATION_CLASS, text(user.implementationClassUid()));
        if (user.asynchronous()) {
            item(out, ASYNCHRONOUS_OPERATIONS, ByteBuffer.allocate(4)
                    .putShort((short) user.operationsInvoked()).putShort((short) user.operationsPerformed()).array());
        }
        if (!user.implementationVersion().isEmpty()) {
            item(out, IMPLEMENTATION_VERSION, text(user.implementationVersion()));
        }
        return out.toByteArray();
    }

    private static UserInformation decodeUser(ByteBuffer in) {
        long maxLength = 0;
        String implementation = "";
        String version = "";
        int invoked = -1;
        int performed = -1;
        while (in.hasRemaining()) {
            Item item = item(in);
            switch (item.type) {
                case MAX_LENGTH -> maxLength = item.body.getInt() & 0xFFFFFFFFL;
                case IMPLEMENTATION_CLASS -> implementation = text(item.body);
                case IMPLEMENTATION_VERSION -> version = text(item.body);
                case ASYNCHRONOUS_OPERATIONS -> {
                    invoked = item.body.getShort() & 0xFFFF;
                    performed = item.body.getShort() & 0xFFFF;
                }
                default -> { } // Roles, extended negotiation, user identity: not needed to store.
            }
        }
        int length = (int) Math.min(maxLength, Integer.MAX_VALUE);
        return new UserInformation(length, implementation, version, invoked, performed);
    }

    private record Fixed(int version, String called, String calling) {}

    private static Fixed fixedPart(ByteBuffer in) {
        int version = in.getShort() & 0xFFFF;
        in.getShort();
        String called = text(take(in, AE_LENGTH));
        String calling = text(take(in, AE_LENGTH));
        take(in, RESERVED_LENGTH);
        return new Fixed(version, called, calling);
    }

    private static ByteArrayOutputStream fixedPart(int version, String called, String calling) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(4).putShort((short) version).array());
        out.writeBytes(AeTitle.padded(called));
        out.writeBytes(AeTitle.padded(calling));
        out.writeBytes(new byte[RESERVED_LENGTH]);
        return out;
    }

    private record Item(int type, ByteBuffer body) {}

    private static Item item(ByteBuffer in) {
        int type = in.get() & 0xFF;
        in.get();
        return new Item(type, take(in, in.getShort() & 0xFFFF));
    }

    private static ByteBuffer take(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private static void item(ByteArrayOutputStream out, int type, byte[] body) {
        try {
            DataOutputStream data = new DataOutputStream(out);
            data.writeByte(type);
            data.writeByte(0);
            data.writeShort(body.length);
            data.write(body);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.US_ASCII);
    }

    /** UIDs may be padded with NUL and AE titles with spaces: neither is significant. */
    private static String text(ByteBuffer bytes) {
        byte[] raw = new byte[bytes.remaining()];
        bytes.get(raw);
        return new String(raw, StandardCharsets.US_ASCII).replace('\0', ' ').trim();
    }

    private static AssociationException malformed(String which, RuntimeException broken) {
        AssociationException malformed = AssociationException.protocol(AbortReason.INVALID_PDU_PARAMETER,
                "The peer's " + which + " is malformed: its items do not fit their lengths or ids.");
        malformed.initCause(broken);
        return malformed;
    }
}
