package io.hilum.benchmarks.chaos.check;

/** What must not be; each is a figure of the check's line. */
public enum Violation {
    /** An acknowledged image that no revision merged, or that a study's last revision no longer has. */
    LOST,
    /** An image newly merged by two revisions, a repeated revision, or a second dead letter of a record. */
    DUPLICATED,
    /** An image merged before one of its study that was sent earlier, or a revision behind a later one. */
    OUT_OF_ORDER,
    /** Probabilities that are not those of the sent pixels and the named version, or another image's digests. */
    WRONG_CONTENT,
    /** Findings of a version that was never released. */
    WRONG_VERSION,
    /** An image scored that could not be, or not scored though it could: a request that failed. */
    WRONG_SCOPE,
    /** A revision number that was left out. */
    REVISION_GAP,
    /** A status that cannot follow the one before. */
    WRONG_STATUS,
    /** A study that never became final. */
    NEVER_FINAL,
    /** A study of which no revision exists. */
    MISSING_STUDY,
    /** A study or an image that nobody sent. */
    UNKNOWN,
    /** A poison record without its dead letter. */
    DEAD_LETTER_MISSING,
    /** A dead letter of a sound record, or with another cause. */
    DEAD_LETTER_UNEXPECTED
}
