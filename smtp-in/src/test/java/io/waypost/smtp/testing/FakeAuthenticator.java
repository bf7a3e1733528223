package io.waypost.smtp.testing;

import io.waypost.message.Scope;
import io.waypost.smtp.submission.Authenticator;
import io.waypost.smtp.submission.Login;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows one user. */
public final class FakeAuthenticator implements Authenticator {

    public static final String USER = "AKIAEXAMPLE000000001";
    public static final String PASSWORD = "correct horse";
    public static final Login LOGIN = new Login(new Scope("123456789012", "us-west-2"), USER);

    /** Every user that was asked about. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    public volatile boolean keyIsRemoved;
    public volatile boolean failing;

    @Override
    public Optional<Login> login(String user, String password) throws IOException {
        requireWorking();
        asked.add(user);
        return user.equals(USER) && password.equals(PASSWORD) && !keyIsRemoved ? Optional.of(LOGIN) : Optional.empty();
    }

    @Override
    public boolean holds(Login login) throws IOException {
        requireWorking();
        return !keyIsRemoved && login.equals(LOGIN);
    }

    private void requireWorking() throws IOException {
        if (failing) {
            throw new IOException("keys cannot be read");
        }
    }
}
