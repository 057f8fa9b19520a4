package io.hilum.inference.tensorrt;

import io.hilum.model.Architecture;
import io.hilum.model.bundle.NetworkIo;
import io.hilum.model.card.ModelCard;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sizes of one plan's tensors, without the batch.
 *
 * @param size side of an input, in pixels
 * @param labels logits an image
 * @param maps K, heat maps an image, fixed at export; 0: scores only
 * @param cells g * g, values a map
 */
record PlanShape(int size, int labels, int maps, int cells) {

    static PlanShape of(ModelCard card, int maps) {
        int grid = Architecture.grid(card.inputSize());
        return new PlanShape(card.inputSize(), card.labels().size(), maps, grid * grid);
    }

    /** Bytes of one image's pixels, uint8. */
    int pixels() {
        return size * size;
    }

    /** The tensors that the plan must have, by their names in {@link NetworkIo}, in the order they are copied. */
    Map<String, TensorShape> tensors() {
        int grid = (int) Math.round(Math.sqrt(cells));
        Map<String, TensorShape> tensors = new LinkedHashMap<>();
        tensors.put(NetworkIo.INPUT, TensorShape.input(ElementType.UINT8, 1, size, size));
        if (maps > 0) {
            tensors.put(NetworkIo.CLASSES, TensorShape.input(ElementType.INT64, maps));
        }
        tensors.put(NetworkIo.LOGITS, TensorShape.output(ElementType.FLOAT, labels));
        if (maps > 0) {
            tensors.put(NetworkIo.CAM_CLASSES, TensorShape.output(ElementType.INT64, maps));
            tensors.put(NetworkIo.CAM_RAW, TensorShape.output(ElementType.FLOAT, maps, grid, grid));
            tensors.put(NetworkIo.CAM_MAP, TensorShape.output(ElementType.FLOAT, maps, grid, grid));
            tensors.put(NetworkIo.CAM_MAXIMUM, TensorShape.output(ElementType.FLOAT, maps));
        }
        return tensors;
    }
}
