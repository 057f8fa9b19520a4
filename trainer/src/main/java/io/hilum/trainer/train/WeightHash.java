package io.hilum.trainer.train;

import io.hilum.model.bundle.Sha256;
import io.hilum.model.weights.Tensor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A digest of weights: the same for the same names, types, shapes and bits, whatever their order and whatever file
 * they are in. Two trainings with the same seed, data, thread count, libtorch and processor must agree in it.
 */
public final class WeightHash {
    private WeightHash() {}

    /** 64 hexadecimal digits. */
    public static String of(Map<String, Tensor> weights) {
        MessageDigest digest = Sha256.digest();
        new TreeMap<>(weights).forEach((name, tensor) -> {
            digest.update((name + ' ' + tensor + '\n').getBytes(StandardCharsets.UTF_8));
            digest.update(tensor.data());
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}
