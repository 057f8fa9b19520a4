package io.hilum.imaging.net;

/** Hears of associations, for logs, metrics and the administrator's list. Called by many threads. */
public interface AssociationListener {

    AssociationListener SILENT = new AssociationListener() { };

    default void opened(String callingAe, String remoteAddress) { }

    /** @param failure null after an orderly release */
    default void closed(String callingAe, String remoteAddress, AssociationException failure) { }

    /** The whole association was refused. */
    default void rejected(String callingAe, String calledAe, String remoteAddress, RejectReason reason) { }

    /** One proposed presentation context was refused: objects of that kind will not even be sent. */
    default void contextRefused(String callingAe, String remoteAddress, ProposedContext proposed, ContextResult why) { }
}
