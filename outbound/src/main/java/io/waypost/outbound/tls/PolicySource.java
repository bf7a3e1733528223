package io.waypost.outbound.tls;

import io.waypost.message.Domain;
import java.io.IOException;

/** Where the text of a domain's MTA-STS policy is fetched (RFC 8461 3.3). Safe for all threads; blocks for a bounded time. */
@FunctionalInterface
public interface PolicySource {

    /** @throws IOException when there is none to be had now */
    String fetch(Domain domain) throws IOException;
}
