/** Sends studies, breaks things at random moments while they are scored, and writes down all that happened. */
package io.hilum.benchmarks.chaos.harness;
