package io.hilum.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class S3LocationTest {

    @Test
    void readsEveryOption() {
        var location = S3Location.parse(
                URI.create("s3://films/a/b/?endpoint=https://minio:9000&region=eu-1&pathStyle=false"));
        assertEquals(new S3Location("films", "a/b/", Optional.of(URI.create("https://minio:9000")), "eu-1", false), location);
        assertEquals("s3://films/a/b/", location.base());
    }

    @Test
    void usesPathsOutsideAwsUnlessToldOtherwise() {
        assertEquals(new S3Location("films", "", Optional.empty(), "us-east-1", false), S3Location.parse(URI.create("s3://films")));
        assertTrue(S3Location.parse(URI.create("s3://films?endpoint=http://h:1")).pathStyle());
    }

    @Test
    void refusesAMisspeltOptionInsteadOfIgnoringIt() {
        for (String uri : new String[] {"s3://films?endpont=http://h:1", "s3://films?region", "s3:///a", "s3://films/../x"}) {
            var refused = assertThrows(IllegalArgumentException.class, () -> S3Location.parse(URI.create(uri)), uri);
            assertTrue(refused.getMessage().length() > 20, refused.getMessage());
        }
    }
}
