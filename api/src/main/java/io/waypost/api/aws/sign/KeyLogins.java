package io.waypost.api.aws.sign;

import io.waypost.config.Secret;
import io.waypost.message.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Believes whoever has an access key's {@link SmtpPassword}. The password says the region by being made for it, so all are tried; they
 * are all tried for every key, and for no key at all, so that the time tells nothing.
 */
final class KeyLogins implements SmtpLogins {

    private static final Secret NOBODYS = new Secret("there is no such key, and this takes as long");

    private final AccessKeys keys;
    private final List<String> regions;

    /** @param regions those of the server */
    KeyLogins(AccessKeys keys, List<String> regions) {
        this.keys = keys;
        this.regions = List.copyOf(regions);
    }

    @Override
    public Optional<LoggedIn> login(String user, String password) throws IOException {
        Optional<AccessKey> key = keys.find(user);
        Secret secret = key.map(AccessKey::secret).orElse(NOBODYS);
        byte[] said = password.getBytes(StandardCharsets.UTF_8);
        @Nullable String matched = null;
        for (String region : regions) {
            byte[] right = SmtpPassword.of(secret, region).reveal().getBytes(StandardCharsets.US_ASCII);
            if (MessageDigest.isEqual(right, said)) {
                matched = region;
            }
        }
        return key.isPresent() && matched != null
                ? Optional.of(new LoggedIn(
                        new Scope(key.get().account(), matched), key.get().id()))
                : Optional.empty();
    }

    @Override
    public boolean holds(LoggedIn login) throws IOException {
        return keys.find(login.keyId())
                .filter(key -> key.account().equals(login.scope().account()))
                .isPresent();
    }
}
