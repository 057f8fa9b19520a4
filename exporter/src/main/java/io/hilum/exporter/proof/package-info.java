/** What must hold before a bundle is sealed: the exporter against the reference, each network against the trainer. */
package io.hilum.exporter.proof;
