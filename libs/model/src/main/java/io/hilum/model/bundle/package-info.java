/**
 * The bundle: a model as a folder that a service can verify and run.
 *
 * <table>
 * <caption>Files of a bundle</caption>
 * <tr><td>{@code bundle.json}</td><td>{@link io.hilum.model.bundle.BundleManifest}; holds the SHA-256 of every other file</td></tr>
 * <tr><td>{@code *.onnx}</td><td>the network in each form, see {@link io.hilum.model.bundle.NetworkFile}; inputs and outputs as in
 *     {@link io.hilum.model.bundle.NetworkIo}. {@code tensorrt-fp32-maps.onnx} is of the standard's operators only: any runtime
 *     reads it</td></tr>
 * <tr><td>{@code network.safetensors}</td><td>the constants that these graphs refer to</td></tr>
 * <tr><td>{@code *.plan}</td><td>TensorRT plans, where it was made on a machine with a GPU</td></tr>
 * <tr><td>{@code weights.safetensors}</td><td>the weights it was made from</td></tr>
 * <tr><td>{@code selftest.safetensors}</td><td>{@link io.hilum.model.bundle.SelfTest}: inputs with the trainer's own outputs</td></tr>
 * <tr><td>{@code card.md}, plots</td><td>for people, where the model folder has them</td></tr>
 * </table>
 */
package io.hilum.model.bundle;
