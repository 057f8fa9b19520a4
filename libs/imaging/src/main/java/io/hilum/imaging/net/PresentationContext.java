package io.hilum.imaging.net;

/**
 * A presentation context that both sides agreed on.
 *
 * <p>The same SOP class may stand in several contexts with different transfer syntaxes: what arrives is encoded
 * in the syntax of <em>its</em> context.
 */
public record PresentationContext(int id, String abstractSyntax, String transferSyntax) {}
