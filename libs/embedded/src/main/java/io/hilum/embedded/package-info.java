/** A Kafka broker and a PostgreSQL on one machine, for the quick start and for tests. Depends on nothing of ours. */
package io.hilum.embedded;
