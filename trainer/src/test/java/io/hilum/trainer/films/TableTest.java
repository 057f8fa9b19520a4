package io.hilum.trainer.films;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("table.csv"), text);
    }

    @Test
    void takesNoCommaOrLineFeedInsideOfQuotesForAnEnd() throws IOException {
        Table table = Table.read(file("\uFEFFimage,note,\na.png,\"Smith, \"\"J\"\"\nsecond line\",\n\nb.png,plain,\n"));
        assertEquals(2, table.lines().size());
        assertEquals("a.png", table.get(table.lines().get(0), "image"), "a byte order mark is no part of a name");
        assertEquals("Smith, \"J\"\nsecond line", table.get(table.lines().get(0), "note"));
        assertEquals(2, table.lines().get(0).number());
        assertEquals(5, table.lines().get(1).number(), "lines are counted as an editor counts them");
        assertEquals("", table.orEmpty(table.lines().get(0), "age"));
    }

    @Test
    void namesTheLineThatItDoesNotUnderstand() throws IOException {
        refused("image,note\na.png,x\nb.png,\"open\nc.png,x\n", "line 3", "quote");
        refused("image,note\na.png,x\nb.png,\"closed\" early\nc.png,x\n", "line 3", "quote");
        refused("image,note\na.png,x\nb.png\n", "line 3", "1 fields", "header has 2");
        refused("image,image\na.png,x\n", "line 1", "twice");
        refused("", "empty");
    }

    @Test
    void takesNoRowForAHeader() throws IOException {
        Table table = Table.read(file("a.png,1\nb.png,0\n"));
        String said = assertThrows(IOException.class, () -> table.need(List.of("image"))).getMessage();
        assertTrue(said.contains("table.csv, line 1") && said.contains("'image'") && said.contains("a.png"), said);
    }

    private void refused(String text, String... words) throws IOException {
        Path file = file(text);
        String said = assertThrows(IOException.class, () -> Table.read(file)).getMessage();
        assertEquals(1, said.lines().count(), said);
        for (String word : words) {
            assertTrue(said.contains(word) && said.contains(file.toString()), said);
        }
    }
}
