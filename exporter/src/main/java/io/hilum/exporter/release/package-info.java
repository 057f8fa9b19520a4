/** A bundle into service: stages it, waits for the instances, moves it; takes it back. */
package io.hilum.exporter.release;
