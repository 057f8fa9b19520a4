/**
 * Eight-bit networks for CPUs: ranges measured on films of the training set, scales fixed, and a trial on held-out films
 * that decides whether they may serve.
 */
package io.hilum.exporter.quantise;
