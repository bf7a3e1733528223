package io.waypost.api.aws.sign;

import io.waypost.message.Scope;
import java.io.IOException;
import java.util.Optional;

/** Who may submit mail by SMTP; safe for all threads. */
public interface SmtpLogins {

    /**
     * A login that was believed.
     *
     * @param scope the key's account, and the region that its password was made for
     * @param keyId no secret
     */
    record LoggedIn(Scope scope, String keyId) {}

    /**
     * Whose name and password these are; nothing when they are nobody's.
     *
     * @param user any text
     * @param password any text
     * @throws IOException when keys cannot be read now
     */
    Optional<LoggedIn> login(String user, String password) throws IOException;

    /** Whether a login still holds. */
    boolean holds(LoggedIn login) throws IOException;
}
