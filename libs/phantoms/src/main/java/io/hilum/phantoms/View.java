package io.hilum.phantoms;

/** Frontal projections, as in DICOM View Position (0018,5101). AP films are taken lying or sitting: wider heart, higher diaphragm. */
public enum View {
    PA, AP
}
