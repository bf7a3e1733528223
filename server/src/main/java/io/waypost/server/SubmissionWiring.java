package io.waypost.server;

import io.waypost.api.aws.sign.Access;
import io.waypost.api.aws.sign.SmtpLogins;
import io.waypost.api.secret.Sealing;
import io.waypost.config.WaypostConfig;
import io.waypost.message.port.Settings;
import io.waypost.message.sending.Sender;
import io.waypost.smtp.submission.Authenticator;
import io.waypost.smtp.submission.Login;
import io.waypost.smtp.submission.SubmissionService;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Submission by SMTP with the keys of the APIs. */
final class SubmissionWiring {

    private SubmissionWiring() {}

    static SubmissionService of(WaypostConfig config, Settings settings, Sealing sealing, Sender sender, Clock clock) {
        if (config.submission().listeners().isEmpty()) {
            return SubmissionService.NONE;
        }
        return new SubmissionService(
                authenticator(Access.logins(config.accounts(), config.ses(), settings, sealing, clock)), sender);
    }

    private static Authenticator authenticator(SmtpLogins logins) {
        return new Authenticator() {
            @Override
            public Optional<Login> login(String user, String password) throws IOException {
                return logins.login(user, password).map(known -> new Login(known.scope(), known.keyId()));
            }

            @Override
            public boolean holds(Login login) throws IOException {
                return logins.holds(new SmtpLogins.LoggedIn(login.scope(), login.accessKey()));
            }
        };
    }
}
