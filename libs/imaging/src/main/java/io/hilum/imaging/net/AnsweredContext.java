package io.hilum.imaging.net;

/**
 * One presentation context as an acceptor answers it, PS3.8 section 9.3.3.2.
 *
 * @param id the proposed context's id
 * @param result whether it may be used
 * @param transferSyntax the one to use; not significant unless accepted
 */
public record AnsweredContext(int id, ContextResult result, String transferSyntax) {}
