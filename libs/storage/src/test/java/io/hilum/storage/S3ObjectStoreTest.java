package io.hilum.storage;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class S3ObjectStoreTest extends ObjectStoreConformance {

    static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private static S3Service service;

    private final String prefix = "empty/" + UUID.randomUUID();

    @BeforeAll
    static void startService() throws IOException {
        service = S3Service.start();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @Override
    ObjectStore open() throws IOException {
        return S3ObjectStore.open(S3Location.parse(URI.create(service.uri(prefix))), CREDENTIALS, 7);
    }

    @Test
    void saysThatTheBucketIsMissingWhenTheStoreIsOpened() {
        URI missing = URI.create(service.uri("x").replace("//hilum/", "//missing/"));
        IOException refused = assertThrows(IOException.class,
                () -> S3ObjectStore.open(S3Location.parse(missing), CREDENTIALS, 7).close());
        assertTrue(refused.getMessage().contains("missing"), refused.getMessage());
    }
}
