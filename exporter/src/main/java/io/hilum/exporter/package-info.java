/**
 * Weights in, released bundle out.
 *
 * <pre>{@code
 * Bundle bundle = Exporter.export(Path.of("quickstart/demo-model"), Path.of("data/bundles/demo-1"));
 * Releaser.release(new ReleaseRequest(bundle.folder(), "127.0.0.1:9092", "quick start"));
 * }</pre>
 */
package io.hilum.exporter;
