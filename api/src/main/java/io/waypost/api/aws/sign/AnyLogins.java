package io.waypost.api.aws.sign;

import io.waypost.message.Scope;
import java.util.Optional;

/** Believes everybody, for a developer's machine. A user name of twelve digits is the account, as with {@link AnyCredentials}. */
final class AnyLogins implements SmtpLogins {

    private final Scope first;

    /** @param first whose mail it is where the user name says no account */
    AnyLogins(Scope first) {
        this.first = first;
    }

    @Override
    public Optional<LoggedIn> login(String user, String password) {
        String account = AnyCredentials.ACCOUNT.matcher(user).matches() ? user : first.account();
        String keyId = StoredKeys.ID.matcher(user).matches() ? user : AnyCredentials.NOBODY;
        return Optional.of(new LoggedIn(new Scope(account, first.region()), keyId));
    }

    @Override
    public boolean holds(LoggedIn login) {
        return true;
    }
}
