package io.hilum.ingest.journal;

import java.io.IOException;

/**
 * One flush of the disk for all who wait at the same time: the first one flushes what everybody has written so
 * far, the others wait for it or, when they came too late for it, one of them flushes next.
 *
 * <p>Threading: free to share. {@link Flush} runs in one thread at a time, without the lock held.
 */
final class GroupCommit {

    /** Makes everything written so far durable. */
    interface Flush {
        /** @return the highest ticket that is durable now */
        long flush() throws IOException;
    }

    private final Flush flush;
    private long durable;
    private boolean flushing;
    private IOException failure;

    GroupCommit(Flush flush, long durable) {
        this.flush = flush;
        this.durable = durable;
    }

    /**
     * Returns when the ticket is durable.
     *
     * @throws JournalException when flushing failed, now or ever: after a failed flush nobody knows what the disk
     *     holds, so nothing is acknowledged until the journal is opened anew
     */
    void await(long ticket) throws IOException {
        synchronized (this) {
            while (true) {
                if (failure != null) {
                    throw failed(failure);
                }
                if (durable >= ticket) {
                    return;
                }
                if (!flushing) {
                    flushing = true;
                    break;
                }
                waitHere();
            }
        }
        lead();
    }

    private void lead() throws IOException {
        long reached = 0;
        IOException broken = null;
        try {
            reached = flush.flush();
        } catch (IOException | RuntimeException | Error failed) {
            broken = failed instanceof IOException io ? io : new IOException(failed);
        }
        synchronized (this) {
            flushing = false;
            if (broken != null) {
                fail(broken);
            } else if (failure == null) {
                // After another's failure this success proves nothing: the system tells of lost pages only once.
                durable = Math.max(durable, reached);
            }
            broken = failure;
            notifyAll();
        }
        if (broken != null) {
            throw failed(broken);
        }
    }

    /** A flush of the same files failed elsewhere: from now on nothing is acknowledged. The first failure stays. */
    synchronized void fail(IOException broken) {
        if (failure == null) {
            failure = broken;
        }
        notifyAll();
    }

    synchronized long durable() {
        return durable;
    }

    synchronized boolean isBroken() {
        return failure != null;
    }

    private void waitHere() throws IOException {
        try {
            wait();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the journal.", stop);
        }
    }

    private static JournalException failed(IOException cause) {
        return new JournalException("The journal could not be flushed to disk (" + cause.getMessage()
                + "). Nothing more is accepted; check the disk and restart dicom-ingest.", cause);
    }
}
