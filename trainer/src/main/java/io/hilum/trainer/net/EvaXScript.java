package io.hilum.trainer.net;

import io.hilum.model.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The text of a network for libtorch: {@code transformer.torchscript} and the family's blocks with the numbers of an
 * architecture put in, and one {@code forward} that says what is wanted. The weights are the list {@code w}, in the
 * order of {@link Architecture#parameters}.
 */
enum EvaXScript {
    /** x, rope, w -> logits [B,L]. */
    LOGITS,
    /** x, rope, w -> features of patches [B,G*G,D]; the weights are those of {@link Architecture#tokenizer}. */
    TOKENIZER,
    /** x, rope, w -> embedding, all block outputs, pooled, features, logits; for parity tests. */
    PROBES,
    /** x, rope, w -> logits [B,L], raw Grad-CAM maps [B,L,G,G]. */
    CAM,
    /** x, y, rope, w -> loss and the gradient of each weight; for parity tests. */
    GRADIENTS,
    /** One step of fine-tuning, with the update of all weights in place; see {@link TrainStep}. */
    STEP("optimizer"),
    /** One step of pre-training, with the update of all weights in place; see {@link PretrainStep}. */
    PRETRAIN("optimizer", "masked"),
    /** x, mask, target, rope, extra, w -> loss, guesses, targets and the gradient of each weight; for parity tests. */
    MASKED_PROBES("optimizer", "masked");

    /** Texts that this script shares with others, beside the network's. */
    private final String[] shared;

    EvaXScript(String... shared) {
        this.shared = shared;
    }

    /** Methods of the module, with the constants of the architecture and the normalisation of bytes put in. */
    String methods(Architecture a, int blocks, Precision precision, double mean, double std) {
        boolean separate = a.separateQkv();
        boolean plain = a.family() == Architecture.Family.VIT;
        var text = new StringBuilder(resource("transformer")).append('\n')
            .append(resource(plain ? "vit-block" : "eva-x-block")).append('\n');
        for (String part : shared) {
            text.append(resource(part)).append('\n');
        }
        text.append(resource(name().toLowerCase(java.util.Locale.ROOT)));
        return text.toString().replace("NAME", className())
            .replace("DEPTH", Integer.toString(blocks))
            .replace("SEPARATE", separate ? "True" : "False")
            .replace("STRIDE", plain ? "12" : separate ? "19" : "13")
            .replace("PROJ", plain ? "4" : separate ? "7" : "5")
            .replace("HIDDEN", Integer.toString(a.hidden()))
            .replace("DIM", Integer.toString(a.dim()))
            .replace("HEADS", Integer.toString(a.heads()))
            .replace("MEAN", Double.toString(mean))
            .replace("STD", Double.toString(std))
            .replace("HALF", precision == Precision.BF16 ? "True" : "False")
            .replace("EPS", "0.000001");
    }

    String className() {
        return "EvaX" + name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    private static String resource(String name) {
        try (InputStream in = EvaXScript.class.getResourceAsStream(name + ".torchscript")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
