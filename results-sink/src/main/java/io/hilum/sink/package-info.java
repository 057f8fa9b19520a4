/** Findings to people and systems: stored once, shown live. */
package io.hilum.sink;
