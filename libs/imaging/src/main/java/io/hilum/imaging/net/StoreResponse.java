package io.hilum.imaging.net;

/**
 * The answer to a C-STORE.
 *
 * @param status DIMSE status, see {@link DimseStatus}
 * @param comment Error Comment: ASCII, cut to 64 characters on the wire; empty for success
 */
public record StoreResponse(int status, String comment) {

    public static final StoreResponse SUCCESS = new StoreResponse(DimseStatus.SUCCESS, "");
}
