package io.hilum.processor.study;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Serde of a message inside a state store, where there are no headers and only one type. */
final class Protobuf {

    private Protobuf() {}

    static <M extends Message> Serde<M> serde(Parser<M> parser) {
        return Serdes.serdeFrom(
                (store, message) -> message == null ? null : message.toByteArray(),
                (store, bytes) -> {
                    try {
                        return bytes == null ? null : parser.parseFrom(bytes);
                    } catch (InvalidProtocolBufferException broken) {
                        throw new SerializationException("The state in " + store + " is damaged; remove the "
                                + "service's local state folder, it is restored from its changelog.", broken);
                    }
                });
    }
}
