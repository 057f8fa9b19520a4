package io.hilum.storage;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where an S3 store is.
 *
 * @param bucket the bucket, which must exist
 * @param prefix what all keys begin with: empty, or ending in a slash
 * @param endpoint the service, where it is not AWS
 * @param region AWS region; any word for other services
 * @param pathStyle bucket in the path instead of the host name, as most services outside AWS need
 */
record S3Location(String bucket, String prefix, Optional<URI> endpoint, String region, boolean pathStyle) {

    /** Reads {@code s3://bucket/prefix?endpoint=URL&region=NAME&pathStyle=true}. */
    static S3Location parse(URI uri) {
        if (uri.getHost() == null && uri.getAuthority() == null) {
            throw wrong(uri, "it names no bucket");
        }
        Map<String, String> options = new HashMap<>();
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw wrong(uri, "the option \"" + pair + "\" has no value");
                }
                options.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        Optional<URI> endpoint = Optional.ofNullable(options.remove("endpoint")).map(URI::create);
        String region = Optional.ofNullable(options.remove("region")).orElse("us-east-1");
        boolean pathStyle = Boolean.parseBoolean(Optional.ofNullable(options.remove("pathStyle"))
                .orElse(Boolean.toString(endpoint.isPresent())));
        if (!options.isEmpty()) {
            throw wrong(uri, "it has unknown options " + options.keySet());
        }
        String path = uri.getPath() == null ? "" : uri.getPath().replaceAll("^/+|/+$", "");
        String prefix = path.isEmpty() ? "" : Keys.check(path) + "/";
        return new S3Location(uri.getAuthority(), prefix, endpoint, region, pathStyle);
    }

    /** What every object's URI begins with. */
    String base() {
        return "s3://" + bucket + "/" + prefix;
    }

    private static IllegalArgumentException wrong(URI uri, String why) {
        return new IllegalArgumentException("hilum.store.uri is " + uri + ", but " + why
                + ". Use s3://bucket/prefix?endpoint=https://host:port&region=name&pathStyle=true.");
    }
}
