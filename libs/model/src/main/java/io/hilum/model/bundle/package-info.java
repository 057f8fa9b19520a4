/**
 * The bundle: a model as a folder that a service can verify and run.
 *
 * <table>
 * <caption>Files of a bundle</caption>
 * <tr><td>{@code bundle.json}</td><td>{@link io.hilum.model.bundle.BundleManifest}; holds the SHA-256 of every other file</td></tr>
 * <tr><td>{@code model.onnx}</td><td>the network, fp32, inputs and outputs as in {@link io.hilum.model.bundle.NetworkIo}</td></tr>
 * <tr><td>{@code weights.safetensors}</td><td>the weights it was made from</td></tr>
 * <tr><td>{@code selftest.safetensors}</td><td>{@link io.hilum.model.bundle.SelfTest}: inputs with the trainer's own outputs</td></tr>
 * <tr><td>{@code card.md}, plots</td><td>for people, where the model folder has them</td></tr>
 * </table>
 */
package io.hilum.model.bundle;
