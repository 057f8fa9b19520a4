package io.hilum.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A put that fails where the key exists: of two writers one wins, and the other learns whether the winner's
 * bytes are its own.
 *
 * <p>Threading: free to share.
 */
final class ConditionalPut {

    private static final System.Logger LOG = System.getLogger(ConditionalPut.class.getName());
    private static final int EXISTS = 412;
    /** Another conditional put of the same key is under way; S3 asks to try again. */
    private static final int UNDER_WAY = 409;
    private static final int ATTEMPTS = 8;
    private static final long PAUSE_MS = 50;
    private static final String SHA256 = "sha256";

    private final S3Client client;
    private final S3Location location;
    private volatile boolean proven;

    ConditionalPut(S3Client client, S3Location location) {
        this.client = client;
        this.location = location;
    }

    /**
     * Puts a spooled file.
     *
     * @return the object's URI
     * @throws ObjectConflictException if the key already holds other bytes
     */
    URI put(String key, Path file, long size, Digests digests) throws IOException {
        URI uri = URI.create(location.base() + Keys.check(key));
        if (!created(key, RequestBody.fromFile(file), digests) && !same(key, size, digests)) {
            throw new ObjectConflictException(uri);
        }
        return uri;
    }

    /** Writes a probe twice, once for this store; the second put must be refused by the service. */
    void proveOnce() throws IOException {
        if (proven) {
            return;
        }
        String probe = "hilum-probe/" + UUID.randomUUID();
        Digests digests = new Digests();
        try {
            created(probe, RequestBody.empty(), digests);
            if (created(probe, RequestBody.empty(), digests)) {
                throw new IOException("The S3 service of bucket " + location.bucket() + " ignores If-None-Match on a put: "
                        + "two writers of one key would overwrite each other. Use a service that has conditional puts "
                        + "(AWS S3, MinIO since 2024, Ceph Squid).");
            }
            proven = true;
        } finally {
            remove(probe);
        }
    }

    /** A probe that stays is litter: its removal must not hide why the proof failed, nor fail an upload. */
    private void remove(String probe) {
        try {
            client.deleteObject(request -> request.bucket(location.bucket()).key(location.prefix() + probe));
        } catch (SdkException failed) {
            LOG.log(System.Logger.Level.WARNING, "The probe {0} stays in bucket {1}; delete it some day: {2}",
                    location.prefix() + probe, location.bucket(), failed.getMessage());
        }
    }

    private boolean created(String key, RequestBody body, Digests digests) throws IOException {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(location.bucket()).key(location.prefix() + key)
                .ifNoneMatch("*")
                .contentMD5(digests.md5Base64())
                .metadata(Map.of(SHA256, digests.sha256Hex()))
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                client.putObject(request, body);
                return true;
            } catch (S3Exception refused) {
                if (refused.statusCode() == EXISTS) {
                    return false;
                }
                if (refused.statusCode() != UNDER_WAY || attempt == ATTEMPTS) {
                    throw S3ObjectStore.failure("store " + key, refused);
                }
                pause(attempt, key);
            } catch (SdkException failed) {
                throw S3ObjectStore.failure("store " + key, failed);
            }
        }
    }

    /** By the digest that an upload of ours leaves with the object, else by reading the object. */
    private boolean same(String key, long size, Digests digests) throws IOException {
        try (ResponseInputStream<GetObjectResponse> there = client.getObject(
                request -> request.bucket(location.bucket()).key(location.prefix() + key))) {
            if (there.response().contentLength() != size) {
                there.abort();
                return false;
            }
            String digest = there.response().metadata().get(SHA256);
            if (digest != null) {
                there.abort();
                return digest.equals(digests.sha256Hex());
            }
            return Digests.of(there).sha256Hex().equals(digests.sha256Hex());
        } catch (SdkException failed) {
            throw S3ObjectStore.failure("compare " + key + " with what is stored", failed);
        }
    }

    private static void pause(int attempt, String key) throws IOException {
        try {
            Thread.sleep(PAUSE_MS << attempt);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while storing " + key + ".", stop);
        }
    }
}
