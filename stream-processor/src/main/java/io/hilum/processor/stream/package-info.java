/** The settings and the life of the Kafka Streams client. */
package io.hilum.processor.stream;
