package io.hilum.model.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hilum.model.Architecture;
import io.hilum.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A bundle in a folder. {@link #open} trusts nothing but {@code bundle.json}; {@link #verify} checks the rest.
 *
 * <p>Threading: immutable, free to share; the files must not change while a bundle is open.
 *
 * @param folder where it lies
 * @param sha256 of {@code bundle.json}, lower-case hex: the bundle's identity, as a release names it
 */
public record Bundle(Path folder, String sha256, BundleManifest manifest) {

    public static final String MANIFEST = "bundle.json";
    /** The constants of all networks. */
    public static final String CONSTANTS = "network.safetensors";
    public static final String WEIGHTS = "weights.safetensors";
    public static final String SELF_TEST = "selftest.safetensors";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /**
     * Reads {@code bundle.json}.
     *
     * @param expected its SHA-256, where a release named one
     * @throws BundleDamagedException when it is missing, not the expected one, or cannot be understood
     */
    public static Bundle open(Path folder, Optional<String> expected) throws IOException {
        byte[] json;
        try {
            json = Files.readAllBytes(folder.resolve(MANIFEST));
        } catch (NoSuchFileException missing) {
            throw new BundleDamagedException("There is no bundle at " + folder + ": " + MANIFEST + " is missing.", missing);
        } catch (IOException unreadable) {
            throw new BundleDamagedException("The bundle at " + folder + " cannot be read: " + unreadable + ".", unreadable);
        }
        String sha256 = Sha256.of(json);
        if (expected.isPresent() && !expected.get().equals(sha256)) {
            throw new BundleDamagedException("The bundle at " + folder + " is not the one that was released: its "
                    + MANIFEST + " has the SHA-256 " + sha256 + ", released was " + expected.get() + ".");
        }
        try {
            int format = JSON.readTree(json).path("format").asInt();
            if (format != BundleManifest.FORMAT) {
                throw new BundleDamagedException("The bundle at " + folder + " has the format " + format
                        + ", this program reads " + BundleManifest.FORMAT + ".");
            }
            return new Bundle(folder, sha256, JSON.readValue(json, BundleManifest.class));
        } catch (JsonProcessingException wrong) {
            throw new BundleDamagedException("The " + MANIFEST + " of the bundle at " + folder + " cannot be understood: "
                    + wrong.getOriginalMessage(), wrong);
        }
    }

    /**
     * Checks every file's SHA-256, and that weights and labels fit the architecture. A file that is not sealed is refused, too: a
     * network could take its constants from there.
     *
     * @throws BundleDamagedException naming the first file that is wrong
     */
    public void verify() throws IOException {
        for (Map.Entry<String, String> file : manifest.files().entrySet()) {
            check(file.getKey(), Sha256.of(locate(file.getKey())));
        }
        if (manifest.files().containsKey(WEIGHTS)) {
            verifyShapes(Safetensors.read(locate(WEIGHTS)));
        }
        refuseStrangers();
    }

    /** Folders that begin with a dot are an object store's own. */
    private void refuseStrangers() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString();
                if (!name.equals(MANIFEST) && !name.startsWith(".") && !manifest.files().containsKey(name)) {
                    throw new BundleDamagedException("The bundle at " + folder + " holds " + name + ", which its " + MANIFEST
                            + " does not name; take it out.");
                }
            }
        }
    }

    /** The bytes of one file, checked: what was hashed is what is returned. */
    public byte[] read(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(locate(name));
        check(name, Sha256.of(bytes));
        return bytes;
    }

    /** The self-test's inputs and outputs; call {@link #verify} before. */
    public SelfTest selfTest() throws IOException {
        return SelfTest.read(locate(manifest.selfTestFile()), manifest.inputSize(), manifest.labels().size());
    }

    /**
     * Writes {@code bundle.json} last: a folder without it is no bundle, so a crash leaves none that is half.
     *
     * @param files names of all other files, written already
     */
    public static Bundle seal(Path folder, Iterable<String> files, SealedAs sealedAs) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (String file : files) {
            hashes.put(file, Sha256.of(folder.resolve(file)));
        }
        byte[] json = JSON.writeValueAsBytes(sealedAs.manifest(hashes));
        Path part = folder.resolve(MANIFEST + ".part");
        Files.write(part, json);
        Files.move(part, folder.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return open(folder, Optional.empty());
    }

    /** Makes the manifest once the files' hashes are known. */
    @FunctionalInterface
    public interface SealedAs {
        BundleManifest manifest(Map<String, String> hashes);
    }

    private void check(String name, String actual) throws IOException {
        String expected = manifest.files().get(name);
        if (!actual.equals(expected)) {
            throw new BundleDamagedException("The file " + name + " of the bundle at " + folder
                    + " is damaged: its SHA-256 is " + actual + ", sealed was " + expected + ".");
        }
    }

    private void verifyShapes(Safetensors weights) throws IOException {
        Map<String, long[]> shapes =
                manifest.card().architecture().parameters(Architecture.grid(manifest.inputSize()), manifest.labels().size());
        for (Map.Entry<String, long[]> shape : shapes.entrySet()) {
            if (!weights.tensors().containsKey(shape.getKey())
                    || !Arrays.equals(weights.get(shape.getKey()).shape(), shape.getValue())) {
                throw new BundleDamagedException("The weights of the bundle at " + folder + " do not fit "
                        + manifest.card().architecture().id() + " with " + manifest.labels().size() + " labels: '" + shape.getKey()
                        + "' should be " + Arrays.toString(shape.getValue()) + " and is "
                        + weights.tensors().get(shape.getKey()) + ".");
            }
        }
    }

    /** A name must stay within the bundle: bundles come from elsewhere. */
    private Path locate(String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!folder.normalize().equals(file.getParent())) {
            throw new BundleDamagedException("The bundle at " + folder + " names the file '" + name
                    + "', which does not lie directly in it.");
        }
        if (!Files.isRegularFile(file)) {
            throw new BundleDamagedException("The bundle at " + folder + " lacks its file " + name + ".");
        }
        return file;
    }
}
