/** An image's spans, sent to an OpenTelemetry collector where one is named; otherwise nothing at all. */
package io.hilum.tracing;
