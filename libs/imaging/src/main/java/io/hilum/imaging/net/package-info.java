/**
 * DICOM over TCP: the upper layer protocol (PS3.8), the DIMSE messages C-ECHO and C-STORE (PS3.7), and the
 * file header that turns a received data set into a Part 10 file (PS3.10).
 *
 * <p>Start with {@link io.hilum.imaging.net.StorageScp} to receive and {@link io.hilum.imaging.net.StorageScu} to
 * send. A data set is never held whole in memory: the receiver's handler reads it as a stream while it arrives.
 *
 * <p>Current limitations: no TLS, no C-FIND/C-MOVE/C-GET, one outstanding operation per association
 * (asynchronous operations are answered 1/1).
 */
package io.hilum.imaging.net;
