package io.hilum.quickstart.letters;

/**
 * What became of a letter that was to be replayed.
 *
 * @param sentence the same for people
 */
public record Replayed(LetterId id, Result result, String sentence) {

    /** SENT and ANNOUNCED are as good as it gets; in a dry run nothing was done, only found possible. */
    public enum Result { SENT, ANNOUNCED, LEFT_TO_RECONCILE, REFUSED }

    public boolean isDone() {
        return result == Result.SENT || result == Result.ANNOUNCED;
    }
}
