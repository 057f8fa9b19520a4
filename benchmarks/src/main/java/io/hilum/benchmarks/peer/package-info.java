/** What benchmarks stand beside: Python's PyTorch as a child process, and how alternated rounds are summed up. */
package io.hilum.benchmarks.peer;
