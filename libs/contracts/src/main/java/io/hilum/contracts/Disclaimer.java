package io.hilum.contracts;

/** The sentence that every page, document and export carries. */
public final class Disclaimer {

    public static final String TEXT =
            "Decision support for ordering a worklist. Not a diagnosis, not for clinical use.";

    /** Added to whatever a model scored that has seen only synthetic images. */
    public static final String SYNTHETIC = "Trained on synthetic images.";

    private Disclaimer() {}
}
