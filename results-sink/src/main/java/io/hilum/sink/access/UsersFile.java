package io.hilum.sink.access;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The users and their password hashes, read again when the file changes. A line that is no hash lets
 * nobody in and is named in the log.
 *
 * <p>Threading: free to share.
 */
final class UsersFile {

    private static final Logger LOG = Logger.getLogger(UsersFile.class);
    private static final int REMEMBERED = 1000;

    private final Path path;
    private final byte[] secret = new byte[32];
    private final PasswordHash nobody = PasswordHash.of("nobody".toCharArray());
    /** Digests of credentials that matched: a page makes many requests, a hash takes 0.1 s. */
    private final Set<String> matched = ConcurrentHashMap.newKeySet();
    private Map<String, PasswordHash> users = Map.of();
    private FileTime readAt;

    UsersFile(Path path) {
        this.path = path;
        new SecureRandom().nextBytes(secret);
    }

    boolean accepts(String name, char[] password) {
        PasswordHash hash = current().get(name);
        if (hash == null) {
            // As slow as a wrong password: the answer's time must not tell which names exist.
            nobody.matches(password);
            return false;
        }
        String key = CredentialDigest.of(secret, name, password, hash);
        if (matched.contains(key)) {
            return true;
        }
        if (!hash.matches(password)) {
            return false;
        }
        if (matched.size() >= REMEMBERED) {
            matched.clear();
        }
        matched.add(key);
        return true;
    }

    private synchronized Map<String, PasswordHash> current() {
        try {
            FileTime changed = Files.getLastModifiedTime(path);
            if (!changed.equals(readAt)) {
                users = read();
                matched.clear();
                readAt = changed;
            }
        } catch (IOException unreadable) {
            LOG.errorf("hilum.sink.users-file %s cannot be read, nobody gets in: %s", path, unreadable.toString());
            readAt = null;
            return Map.of();
        }
        return users;
    }

    private Map<String, PasswordHash> read() throws IOException {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            lines.load(reader);
        }
        Map<String, PasswordHash> parsed = new HashMap<>();
        for (String name : lines.stringPropertyNames()) {
            try {
                parsed.put(name, PasswordHash.parse(lines.getProperty(name)));
            } catch (IllegalArgumentException wrong) {
                LOG.errorf("hilum.sink.users-file %s: the value of user '%s' %s. Make it with 'hash-password'.",
                        path, name, wrong.getMessage());
            }
        }
        return Map.copyOf(parsed);
    }
}
