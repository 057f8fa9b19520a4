package io.hilum.trainer.experiment;

/** What is learned and measured: a set of training films, from which validation is cut, and a test set. */
enum Task {
    /** COVID-19 or not, official split. Class and source coincide, so this never stands without its shortcut baselines. */
    COVIDX("covidx", "COVID-19", "covidx-train", "covidx-test"),
    /** The same films with the centre, where the lungs are, painted grey: what a network makes of the rest. */
    BLANKED("blanked", "COVID-19", "blanked-train", "blanked-test"),
    /** Pneumonia against no finding. Test is the official validation list: the official test list has no film without a finding. */
    CXR14("cxr14", "Pneumonia", "cxr14-train", "cxr14-test");

    private final String id;
    private final String label;
    private final String train;
    private final String test;

    Task(String id, String label, String train, String test) {
        this.id = id;
        this.label = label;
        this.train = train;
        this.test = test;
    }

    String id() {
        return id;
    }

    /** The one label. */
    String label() {
        return label;
    }

    /** Name of the cache of training films. */
    String train() {
        return train;
    }

    /** Name of the cache of test films. */
    String test() {
        return test;
    }
}
