/**
 * The instance under test, a JVM of its own: the real stream with its models, behind an engine whose scores are a
 * function of the pixels and of the version, and which fails when it is told to.
 */
package io.hilum.benchmarks.chaos.instance;
