package io.hilum.contracts.serde;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The two record headers that say what the bytes are. */
public final class SchemaHeaders {

    /** Full protobuf name of the message, e.g. {@code hilum.v1.ImageReceived}. */
    public static final String SCHEMA = "hilum.schema";
    /** The contract's version: raised with every change of a {@code .proto}. */
    public static final String VERSION = "hilum.schema.version";
    /** This build's version of the contract. */
    public static final int CURRENT_VERSION = 1;

    private SchemaHeaders() {}

    static void write(Headers headers, String schema) {
        headers.remove(SCHEMA).remove(VERSION);
        headers.add(SCHEMA, schema.getBytes(StandardCharsets.UTF_8));
        headers.add(VERSION, Integer.toString(CURRENT_VERSION).getBytes(StandardCharsets.UTF_8));
    }

    /** The schema name in the headers, or null where there is none. */
    public static String schemaOf(Headers headers) {
        Header header = headers == null ? null : headers.lastHeader(SCHEMA);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
