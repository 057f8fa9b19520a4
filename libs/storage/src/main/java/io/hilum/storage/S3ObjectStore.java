package io.hilum.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects in a bucket of S3 or of a service that speaks its protocol.
 *
 * <p>Create-once needs conditional puts ({@code If-None-Match: *}). A service that ignores the condition
 * would overwrite in silence, so the first upload proves it with a probe object and refuses such a service.
 *
 * <p>Threading: free to share; the client keeps its own connections.
 */
final class S3ObjectStore implements ObjectStore {

    private static final int PAGE = 1_000;

    private final S3Client client;
    private final S3Location location;
    private final int page;
    private final ConditionalPut puts;

    private S3ObjectStore(S3Client client, S3Location location, int page) {
        this.client = client;
        this.location = location;
        this.page = page;
        this.puts = new ConditionalPut(client, location);
    }

    static S3ObjectStore open(S3Location location) throws IOException {
        return open(location, DefaultCredentialsProvider.create(), PAGE);
    }

    /** @param page objects that one request lists, at most 1,000 */
    static S3ObjectStore open(S3Location location, AwsCredentialsProvider credentials, int page) throws IOException {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(credentials)
                .region(Region.of(location.region()))
                .forcePathStyle(location.pathStyle())
                // Many services outside AWS do not know the newer checksums; uploads carry Content-MD5 instead.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        location.endpoint().ifPresent(builder::endpointOverride);
        S3Client client = builder.build();
        try {
            client.headBucket(request -> request.bucket(location.bucket()));
            return new S3ObjectStore(client, location, page);
        } catch (SdkException failed) {
            client.close();
            throw new IOException("The bucket " + location.bucket() + " cannot be used: " + failed.getMessage()
                    + ". Check hilum.store.uri, the credentials and that the bucket exists.", failed);
        }
    }

    @Override
    public Upload begin() throws IOException {
        puts.proveOnce();
        Path spool = Files.createTempFile("hilum-upload", null);
        return new S3Upload(puts, spool);
    }

    @Override
    public InputStream open(URI uri) throws IOException {
        String key = Keys.of(location.base(), uri);
        try {
            return client.getObject(request -> request.bucket(location.bucket()).key(location.prefix() + key));
        } catch (NoSuchKeyException none) {
            throw new ObjectNotFoundException(uri);
        } catch (SdkException failed) {
            throw failure("read " + uri, failed);
        }
    }

    @Override
    public boolean exists(URI uri) throws IOException {
        String key = Keys.of(location.base(), uri);
        try {
            client.headObject(request -> request.bucket(location.bucket()).key(location.prefix() + key));
            return true;
        } catch (S3Exception failed) {
            if (failed.statusCode() == 404) {
                return false;
            }
            throw failure("look for " + uri, failed);
        } catch (SdkException failed) {
            throw failure("look for " + uri, failed);
        }
    }

    @Override
    public Stream<StoredObject> list(String prefix) throws IOException {
        String from = location.prefix() + Keys.checkPrefix(prefix);
        try {
            return client
                    .listObjectsV2Paginator(request -> request.bucket(location.bucket()).prefix(from).maxKeys(page))
                    .contents().stream()
                    .filter(object -> Keys.isKey(object.key().substring(location.prefix().length())))
                    .map(this::describe);
        } catch (SdkException failed) {
            throw failure("list " + prefix, failed);
        }
    }

    @Override
    public void delete(URI uri) throws IOException {
        String key = Keys.of(location.base(), uri);
        try {
            client.deleteObject(request -> request.bucket(location.bucket()).key(location.prefix() + key));
        } catch (SdkException failed) {
            throw failure("delete " + uri, failed);
        }
    }

    @Override
    public URI uriOf(String key) {
        return URI.create(location.base() + Keys.check(key));
    }

    @Override
    public OptionalLong freeBytes() {
        return OptionalLong.empty();
    }

    @Override
    public void close() {
        client.close();
    }

    static IOException failure(String what, SdkException cause) {
        return new IOException("The S3 service could not " + what + ": " + cause.getMessage(), cause);
    }

    private StoredObject describe(S3Object object) {
        String key = object.key().substring(location.prefix().length());
        return new StoredObject(uriOf(key), key, object.size(), object.lastModified());
    }
}
