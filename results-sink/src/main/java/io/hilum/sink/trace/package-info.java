/** The last span of an image's trace: its findings are in the database. */
package io.hilum.sink.trace;
