package io.waypost.smtp.submission;

import io.waypost.message.sending.Sender;
import java.io.IOException;
import java.util.Optional;

/**
 * What submission listeners need beside what every listener has.
 *
 * @param authenticator knows who may submit
 * @param sender takes what is submitted; 250 is said after it returned
 */
public record SubmissionService(Authenticator authenticator, Sender sender) {

    /** Of a server without submission listeners: nobody may submit anything. */
    public static final SubmissionService NONE = new SubmissionService(
            new Authenticator() {
                @Override
                public Optional<Login> login(String user, String password) {
                    return Optional.empty();
                }

                @Override
                public boolean holds(Login login) {
                    return false;
                }
            },
            request -> {
                throw new IOException("this server takes no submissions");
            });
}
