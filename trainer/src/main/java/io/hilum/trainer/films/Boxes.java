package io.hilum.trainer.films;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where findings are, from a table {@code image, label, x, y, w, h} in fractions of the film, or from NIH's
 * {@code BBox_List_2017.csv} in pixels of 1024. Of several boxes for one label the first counts. Read-only; any thread.
 */
final class Boxes {
    static final Boxes NONE = new Boxes(Map.of());
    private static final float NIH_SIDE = 1024;

    private final Map<String, float[]> boxes;

    private Boxes(Map<String, float[]> boxes) {
        this.boxes = boxes;
    }

    /** @return x, y, width, height in fractions of the film, null where there is none */
    float[] get(String image, String label) {
        return boxes.get(image + "/" + label);
    }

    static Boxes read(Path file) throws IOException {
        Table table = Table.read(file);
        boolean nih = table.has("Finding Label");
        List<String> columns = nih ? List.of("Image Index", "Finding Label", "Bbox [x", "y", "w", "h]")
            : List.of("image", "label", "x", "y", "w", "h");
        table.need(columns);
        Map<String, float[]> out = new HashMap<>();
        for (Table.Line line : table.lines()) {
            float[] box = new float[4];
            for (int k = 0; k < 4; k++) {
                String text = table.get(line, columns.get(k + 2));
                try {
                    box[k] = Float.parseFloat(text) / (nih ? NIH_SIDE : 1);
                } catch (NumberFormatException e) {
                    throw new IOException("%s, line %d: '%s' is no number.".formatted(file, line.number(), text), e);
                }
            }
            if (!(box[0] >= 0 && box[1] >= 0 && box[2] > 0 && box[3] > 0 && box[0] + box[2] <= 1.001 && box[1] + box[3] <= 1.001)) {
                throw new IOException("%s, line %d: the box %s does not lie on the film; fractions of its sides are wanted."
                    .formatted(file, line.number(), java.util.Arrays.toString(box)));
            }
            String label = table.get(line, columns.get(1));
            out.putIfAbsent(table.get(line, columns.get(0)) + "/" + (nih && label.equals("Infiltrate") ? "Infiltration" : label), box);
        }
        return new Boxes(out);
    }
}
