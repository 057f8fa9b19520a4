package io.hilum.trainer.net;

/** What a step makes smaller. */
public enum Loss {
    /** Multi-label: binary cross entropy of each label, mean over the labels that are known. */
    BCE,
    /**
     * Single-label: cross entropy of the softmax over labels of which each film has exactly one, mean over the films. A
     * film with an unknown label drops out.
     */
    CE
}
