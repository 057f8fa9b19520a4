package io.hilum.model.bundle;

/**
 * What goes into a bundle's network and comes out of it, by name: the seam between who exports and who runs.
 *
 * <p>One network serves both with and without heat maps: with K = 0 that branch works on empty tensors and costs
 * next to nothing.
 *
 * <table>
 * <caption>B images and K maps an image are dynamic; L labels, input of S x S pixels, g x g cells a map</caption>
 * <tr><td>{@link #INPUT}</td><td>uint8 [B,1,S,S]</td><td>grey pixels</td></tr>
 * <tr><td>{@link #CLASSES}</td><td>int64 [B,K], K at most L</td><td>labels to explain; -1 at place j: the label with
 *     the j-th largest margin over its operating point</td></tr>
 * <tr><td>{@link #LOGITS}</td><td>fp32 [B,L]</td><td></td></tr>
 * <tr><td>{@link #CAM_CLASSES}</td><td>int64 [B,K]</td><td>the labels that were explained</td></tr>
 * <tr><td>{@link #CAM_RAW}</td><td>fp32 [B,K,g,g]</td><td>Grad-CAM before ReLU</td></tr>
 * <tr><td>{@link #CAM_MAP}</td><td>fp32 [B,K,g,g]</td><td>ReLU, minus minimum, / (maximum + 1e-7)</td></tr>
 * <tr><td>{@link #CAM_MAXIMUM}</td><td>fp32 [B,K]</td><td>largest raw value</td></tr>
 * </table>
 */
public final class NetworkIo {

    public static final String INPUT = "pixels";
    public static final String CLASSES = "classes";
    public static final String LOGITS = "logits";
    public static final String CAM_CLASSES = "cam_classes";
    public static final String CAM_RAW = "cam_raw";
    public static final String CAM_MAP = "cam_map";
    public static final String CAM_MAXIMUM = "cam_maximum";

    private NetworkIo() {}
}
