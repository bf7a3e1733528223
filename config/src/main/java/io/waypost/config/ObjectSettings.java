package io.waypost.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where objects are put.
 *
 * @param folder holds a folder for each bucket; used when {@code s3} is absent
 * @param s3 an S3-compatible store
 */
public record ObjectSettings(Path folder, Optional<S3> s3) {

    /**
     * How to reach it.
     *
     * @param endpoint http or https, without a path
     * @param region signed into each request
     * @param accessKey who we are
     * @param secretKey signs each request
     * @param pathStyle the bucket stands in the path rather than in the host name
     * @param linkExpiry how long a link to an object is good; zero for no links
     * @param kmsKeys what stands for the KMS keys that rules name
     */
    public record S3(
            URI endpoint,
            String region,
            Secret accessKey,
            Secret secretKey,
            boolean pathStyle,
            Duration linkExpiry,
            List<KmsKeySettings> kmsKeys) {

        public S3 {
            kmsKeys = List.copyOf(kmsKeys);
        }
    }
}
