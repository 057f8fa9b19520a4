package io.hilum.trainer.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive from source text: a stored zip of four entries that libtorch loads like one saved
 * by {@code torch.jit.save}. The module has no weights of its own; they are arguments of its methods.
 */
final class ScriptArchive {
    /** The file format that libtorch 2.x writes; it decides which operator versions the text means. */
    private static final String FORMAT = "10\n";

    private ScriptArchive() {}

    /** @param methods the methods' text, indented by two, the first argument being {@code self} */
    static void write(Path file, String className, String methods) throws IOException {
        String code = """
            class %s(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
            %s""".formatted(className, methods);
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "data.pkl", module(className));
            put(zip, "code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            put(zip, "version", FORMAT.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The pickle of an object of the class with {@code training = False}. */
    private static byte[] module(String className) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x80, 2});
        out.writeBytes(("c__torch__\n" + className + "\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {')', (byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
        out.writeBytes("training".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'});
        return out.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry("archive/" + name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
