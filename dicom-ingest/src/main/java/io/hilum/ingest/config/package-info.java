/** Typed configuration, checked when the service starts. */
package io.hilum.ingest.config;
