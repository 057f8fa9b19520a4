/**
 * {@code ./hilum bench chaos}: breaks the stream again and again while it scores, and {@code ./hilum bench chaos-check},
 * which looks at what came out of it, offline.
 *
 * <p>Three parts that know little of each other: {@code instance}, the stream under test; {@code harness}, which sends and
 * breaks; {@code check}, which reads what they left.
 */
package io.hilum.benchmarks.chaos;
