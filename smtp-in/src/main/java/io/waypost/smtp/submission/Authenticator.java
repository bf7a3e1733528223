package io.waypost.smtp.submission;

import java.io.IOException;
import java.util.Optional;

/** Who may submit mail. Asked by many sessions at once, each on its own virtual thread; may block. */
public interface Authenticator {

    /**
     * Whose name and password these are.
     *
     * @param user any text
     * @param password any text; it must not be kept or logged
     * @return empty when there is no such user or the password is wrong; which of the two it was must not be seen in the time it took
     * @throws IOException when that cannot be found out now
     */
    Optional<Login> login(String user, String password) throws IOException;

    /**
     * Whether an earlier login still holds: no longer, once its key was taken away.
     *
     * @throws IOException when that cannot be found out now
     */
    boolean holds(Login login) throws IOException;
}
