package io.hilum.model.bundle;

/**
 * What goes into a bundle's network and comes out of it, by name: the seam between who exports and who runs.
 *
 * <p>A network without heat maps has {@link #INPUT}, {@link #LOGITS} and {@link #PROBABILITIES} only. Networks for
 * TensorRT fix K at export, so that every shape but the batch's is known when the plan is built.
 *
 * <table>
 * <caption>B images and K maps an image are dynamic; L labels, input of S x S pixels, g x g cells a map</caption>
 * <tr><td>{@link #INPUT}</td><td>uint8 [B,1,S,S]</td><td>grey pixels</td></tr>
 * <tr><td>{@link #CLASSES}</td><td>int64 [B,K], K at most L</td><td>labels to explain; -1 at place j: the label with
 *     the j-th largest margin over its operating point</td></tr>
 * <tr><td>{@link #LOGITS}</td><td>fp32 [B,L]</td><td></td></tr>
 * <tr><td>{@link #PROBABILITIES}</td><td>fp32 [B,L]</td><td>calibrated as the card says</td></tr>
 * <tr><td>{@link #CAM_CLASSES}</td><td>int64 [B,K]</td><td>the labels that were explained</td></tr>
 * <tr><td>{@link #CAM_RAW}</td><td>fp32 [B,K,g,g]</td><td>Grad-CAM before ReLU</td></tr>
 * <tr><td>{@link #CAM_MAP}</td><td>fp32 [B,K,g,g]</td><td>ReLU, minus minimum, / (maximum + 1e-7)</td></tr>
 * <tr><td>{@link #CAM_MAXIMUM}</td><td>fp32 [B,K]</td><td>largest raw value</td></tr>
 * <tr><td>{@link #ATTENTION}</td><td>fp32 [B,g,g]</td><td>only where exported with it: how much the patches attend to
 *     each patch in the last block, mean over heads and over the patches that look</td></tr>
 * </table>
 */
public final class NetworkIo {

    public static final String INPUT = "pixels";
    public static final String CLASSES = "classes";
    public static final String LOGITS = "logits";
    public static final String PROBABILITIES = "probabilities";
    public static final String CAM_CLASSES = "cam_classes";
    public static final String CAM_RAW = "cam_raw";
    public static final String CAM_MAP = "cam_map";
    public static final String CAM_MAXIMUM = "cam_maximum";
    public static final String ATTENTION = "attention";

    private NetworkIo() {}
}
