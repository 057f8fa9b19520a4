package io.hilum.imaging.net;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.List;

/** A client that writes the bytes it likes, to show the server what real networks bring. */
final class RawPeer implements AutoCloseable {

    static final String DX = Uids.DIGITAL_X_RAY_FOR_PRESENTATION;
    static final String INSTANCE = "1.2.3.4.5";

    private final Socket socket;
    final DataInputStream in;
    final DataOutputStream out;

    RawPeer(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Proposes DX in explicit little endian as context 1 and expects to be accepted. */
    static RawPeer associated(int port) throws IOException {
        RawPeer peer = new RawPeer(port);
        Pdu.AssociateAc answer = peer.associate(request("HILUM", "RAW",
                List.of(new ProposedContext(1, DX, List.of(Uids.EXPLICIT_VR_LITTLE_ENDIAN)))));
        if (answer.contexts().get(0).result() != ContextResult.ACCEPTANCE) {
            throw new IOException("not accepted: " + answer);
        }
        return peer;
    }

    static Pdu.AssociateRq request(String called, String calling, List<ProposedContext> contexts) {
        return new Pdu.AssociateRq(1, called, calling, Uids.DICOM_APPLICATION_CONTEXT, contexts,
                new UserInformation(0, "1.2.3", "RAW", -1, -1));
    }

    Pdu.AssociateAc associate(Pdu.AssociateRq request) throws IOException {
        pdu(1, AssociateCodec.encode(request));
        return AssociateCodec.decodeAnswer(expect(2));
    }

    void pdu(int type, byte[] body) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(whole);
        data.writeByte(type);
        data.writeByte(0);
        data.writeInt(body.length);
        data.write(body);
        out.write(whole.toByteArray());
        out.flush();
    }

    /** One presentation data value. */
    static byte[] value(int context, boolean command, boolean last, byte[] bytes, int from, int to) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        try {
            DataOutputStream data = new DataOutputStream(value);
            data.writeInt(to - from + 2);
            data.writeByte(context);
            data.writeByte(new Pdv(context, command, last).control());
            data.write(bytes, from, to - from);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return value.toByteArray();
    }

    static byte[] storeCommand() {
        return storeCommand(DX, CommandField.C_STORE_RQ.code());
    }

    static byte[] storeCommand(String sopClass, int field) {
        return new Command.Builder().uid(Command.AFFECTED_SOP_CLASS, sopClass).number(Command.FIELD, field)
                .number(Command.MESSAGE_ID, 7).number(Command.PRIORITY, 0)
                .number(Command.DATA_SET_TYPE, Command.DATA_SET_FOLLOWS)
                .uid(Command.AFFECTED_SOP_INSTANCE, INSTANCE).build().encode();
    }

    /** Sends command and data set in one PDU each. */
    void store(int context, byte[] command, byte[] dataSet) throws IOException {
        pdu(4, value(context, true, true, command, 0, command.length));
        pdu(4, value(context, false, true, dataSet, 0, dataSet.length));
    }

    /** The body of the next PDU, which must be of this type. */
    byte[] expect(int type) throws IOException {
        int actual = in.readUnsignedByte();
        in.readUnsignedByte();
        byte[] body = new byte[in.readInt()];
        in.readFully(body);
        if (actual != type) {
            throw new IOException("expected PDU " + type + ", got " + actual + " with " + java.util.HexFormat.of().formatHex(body));
        }
        return body;
    }

    /** The next response's command set. */
    Command response() throws IOException {
        byte[] body = expect(4);
        byte[] command = java.util.Arrays.copyOfRange(body, 6, body.length);
        return Command.decode(command);
    }

    int status() throws IOException {
        return response().number(Command.STATUS, -1);
    }

    void release() throws IOException {
        pdu(5, new byte[4]);
        expect(6);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
