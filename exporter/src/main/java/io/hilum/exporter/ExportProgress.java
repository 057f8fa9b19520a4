package io.hilum.exporter;

/** Told what an export is doing, for whoever waits. */
@FunctionalInterface
public interface ExportProgress {

    ExportProgress SILENT = what -> {};

    /** @param what a line for people */
    void say(String what);
}
