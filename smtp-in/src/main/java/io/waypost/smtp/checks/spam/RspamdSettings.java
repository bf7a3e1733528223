package io.waypost.smtp.checks.spam;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where Rspamd is and how it is asked.
 *
 * @param url of its normal worker, such as {@code http://127.0.0.1:11333}
 * @param password of the worker, where it wants one; never logged
 * @param timeout for one mail
 * @param concurrency mails that are with it at once
 * @param largest octets of the largest mail it is sent
 */
public record RspamdSettings(URI url, Optional<String> password, Duration timeout, int concurrency, long largest) {

    @Override
    public String toString() {
        return "RspamdSettings[" + url + "]";
    }
}
