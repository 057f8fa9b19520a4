package io.hilum.phantoms;

/** The findings that phantoms can have, in the order of the demo model's labels. */
public enum Finding {
    PNEUMOTHORAX("Pneumothorax"),
    EFFUSION("Effusion"),
    NODULE("Nodule"),
    CARDIOMEGALY("Cardiomegaly"),
    CONSOLIDATION("Consolidation");

    private final String label;

    Finding(String label) {
        this.label = label;
    }

    /** The label as it stands in model cards and events. */
    public String label() {
        return label;
    }
}
