package io.hilum.phantoms.render;

import io.hilum.phantoms.Marker;

/** Lead letters, five dots wide and seven high. */
final class Glyphs {

    private static final int COLUMNS = 5;
    private static final int ROWS = 7;

    private Glyphs() {
    }

    static void draw(Marker marker, int width, int height, float[] grey) {
        double dot = marker.height() / ROWS;
        double x = marker.x();
        for (char letter : marker.text().toCharArray()) {
            draw(letter, x, marker.y(), dot, (float) marker.brightness(), width, height, grey);
            x += (COLUMNS + 1) * dot;
        }
    }

    private static void draw(char letter, double x, double y, double dot, float brightness, int width, int height, float[] grey) {
        String shape = shape(letter);
        int c0 = (int) Math.max(0, x * width);
        int c1 = (int) Math.min(width, (x + COLUMNS * dot) * width + 1);
        int r1 = (int) Math.min(height, (y + ROWS * dot) * height + 1);
        for (int r = (int) Math.max(0, y * height); r < r1; r++) {
            int row = (int) StrictMath.floor(((r + 0.5) / height - y) / dot);
            for (int c = c0; c < c1; c++) {
                int column = (int) StrictMath.floor(((c + 0.5) / width - x) / dot);
                if (row >= 0 && row < ROWS && column >= 0 && column < COLUMNS && shape.charAt(row * COLUMNS + column) == '#') {
                    int i = r * width + c;
                    grey[i] = Math.max(grey[i], brightness);
                }
            }
        }
    }

    private static String shape(char letter) {
        return switch (letter) {
            case 'A' -> ".###.#...##...#######...##...##...#";
            case 'L' -> "#....#....#....#....#....#....#####";
            case 'P' -> "####.#...##...#####.#....#....#....";
            case 'R' -> "####.#...##...#####.#.#..#..#.#...#";
            default -> throw new IllegalArgumentException("no lead letter for '" + letter + "'; there are A, L, P and R");
        };
    }
}
