package io.hilum.trainer.films;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hilum.model.input.CanvasToInput;
import io.hilum.model.input.Geometry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call that was killed loses no film that was read, and believes in none that was written half. */
class WorkspaceTest {
    private static final int SIZE = 32;
    @TempDir
    Path folder;

    private List<FilmDecoder.Task> tasks(int films) throws IOException {
        SmallSets set = new SmallSets(folder);
        List<FilmDecoder.Task> out = new ArrayList<>();
        for (int i = 0; i < films; i++) {
            out.add(new FilmDecoder.Task(null, set.image(i + ".png", i)));
        }
        return out;
    }

    private String decode(List<FilmDecoder.Task> tasks, Workspace work) throws IOException {
        var said = new ByteArrayOutputStream();
        var decoder = new FilmDecoder(new CanvasToInput(Geometry.STRETCH, SIZE), 2, false, new PrintStream(said));
        assertEquals(tasks.size(), decoder.decode(tasks, work, new LeftOut()).size());
        return said.toString();
    }

    @Test
    void readsNoFilmTwice() throws IOException {
        List<FilmDecoder.Task> tasks = tasks(5);
        try (Workspace work = Workspace.open(folder.resolve("work"), "key", SIZE)) {
            decode(tasks.subList(1, 4), work);
        }
        try (Workspace work = Workspace.open(folder.resolve("work"), "key", SIZE)) {
            assertTrue(decode(tasks, work).contains("Read 5 of 5 films (3 from before)"));
        }
        try (Workspace work = Workspace.open(folder.resolve("work"), "another key", SIZE)) {
            assertFalse(decode(tasks, work).contains("from before"), "inputs made in another way were kept");
            work.delete();
        }
        assertFalse(Files.exists(folder.resolve("work")));
    }

    @Test
    void believesInNoFilmThatWasWrittenHalf() throws IOException {
        List<FilmDecoder.Task> tasks = tasks(2);
        byte[] first;
        try (Workspace work = Workspace.open(folder.resolve("work"), "key", SIZE)) {
            decode(tasks, work);
            first = work.input(work.film(null, tasks.get(0).path()));
        }
        int hurt;
        try (Workspace work = Workspace.open(folder.resolve("work"), "key", SIZE)) {
            hurt = work.film(null, tasks.get(1).path()).slot();
        }
        try (RandomAccessFile inputs = new RandomAccessFile(folder.resolve("work/inputs").toFile(), "rw")) {
            inputs.seek((long) hurt * SIZE * SIZE + 7);
            int value = inputs.read();
            inputs.seek((long) hurt * SIZE * SIZE + 7);
            inputs.write(value ^ 1);
        }
        try (Workspace work = Workspace.open(folder.resolve("work"), "key", SIZE)) {
            assertNull(work.film(null, tasks.get(1).path()));
            assertNotNull(work.film(null, tasks.get(0).path()));
            decode(tasks, work);
            assertNotNull(work.film(null, tasks.get(1).path()), "it was read again");
            assertArrayEquals(first, work.input(work.film(null, tasks.get(0).path())));
        }
    }
}
