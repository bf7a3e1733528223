package io.waypost.smtp.session;

import io.waypost.smtp.Refusal;
import io.waypost.smtp.wire.LineReader;
import io.waypost.smtp.wire.WireFault;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** The exchange of AUTH (RFC 4954 4) with the mechanisms PLAIN (RFC 4616) and LOGIN: asks for what is to be believed or not. */
final class AuthExchange {

    private static final String CANCELLED = "*";
    // RFC 4954 4: an initial response of no octets is written so.
    private static final String NO_OCTETS = "=";
    // "Username:" and "Password:" in base64; LOGIN has no standard, and clients know no other prompts.
    private static final String USERNAME = "VXNlcm5hbWU6";
    private static final String PASSWORD = "UGFzc3dvcmQ6";

    private final SessionState state;
    private final LineReader lines;

    AuthExchange(SessionState state, LineReader lines) {
        this.state = state;
        this.lines = lines;
    }

    /**
     * Carries out the exchange.
     *
     * @param argument of AUTH: mechanism, and perhaps the initial response
     * @return nothing when the client wants to act for somebody else than it is
     */
    Optional<Credentials> credentials(String argument) throws IOException, WireFault, Refusal {
        CommandLine mechanism = CommandLine.of(argument);
        String initial = mechanism.argument();
        return switch (mechanism.word().toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> SaslResponse.plain(initial.isEmpty() ? ask("") : octets(initial));
            case "LOGIN" -> {
                String user = SaslResponse.text(initial.isEmpty() ? ask(USERNAME) : octets(initial));
                yield Optional.of(new Credentials(user, SaslResponse.text(ask(PASSWORD))));
            }
            case "" -> throw Replies.syntax("Syntax: AUTH mechanism [initial-response]");
            default -> throw Refusal.of("unknown-mechanism", 504, "5.5.4", "Unrecognized authentication type");
        };
    }

    private static String octets(String initial) {
        return initial.equals(NO_OCTETS) ? "" : initial;
    }

    private String ask(String challenge) throws IOException, WireFault, Refusal {
        state.output.line("334 " + challenge);
        state.connection.allow(state.limits.commandTimeout());
        String response = lines.readResponse();
        if (response.equals(CANCELLED)) {
            throw Refusal.of("cancelled", 501, "5.7.0", "Authentication cancelled");
        }
        return response;
    }
}
