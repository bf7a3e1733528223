package io.waypost.api.identity.confirm;

import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.identity.Identity;
import io.waypost.api.page.HtmlPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page behind a link to confirm an address. Showing it (GET) changes nothing, since scanners of mail follow links; its button
 * (POST) confirms. Needs no signature: who knows the link has read the mail. Safe for all threads; blocks.
 */
public final class ConfirmationPage {

    /** Where the HTTP door must ask this. */
    public static final String PATH = "/verify";

    private static final Logger log = LoggerFactory.getLogger(ConfirmationPage.class);

    private static final int LONGEST_FORM = 256;
    private static final Pattern TOKEN = Pattern.compile("token=([A-Za-z0-9_-]{43})");

    private final Confirmations confirmations;

    public ConfirmationPage(Confirmations confirmations) {
        this.confirmations = confirmations;
    }

    /** Answers a request for {@link #PATH}. */
    public WireResponse answer(WireRequest request) {
        return switch (request.method()) {
            case "GET" -> shown(request.query());
            case "POST" -> confirmed(request.body());
            default ->
                HtmlPage.of(405, "Not possible", "<p>Open the link in your browser.</p>", Map.of("Allow", "GET, POST"));
        };
    }

    private WireResponse shown(String query) {
        Matcher token = TOKEN.matcher(query);
        if (!token.matches()) {
            return gone();
        }
        return confirmations
                .pending(token.group(1))
                .map(it -> page(it, token.group(1)))
                .orElseGet(() -> elsewhere(token.group(1)));
    }

    private WireResponse confirmed(byte[] body) {
        Matcher token = TOKEN.matcher(body.length <= LONGEST_FORM ? new String(body, StandardCharsets.ISO_8859_1) : "");
        try {
            if (!token.matches()) {
                return gone();
            }
            Optional<Identity> identity = confirmations.confirm(token.group(1));
            identity.ifPresent(it -> log.info("identity {} of {}: confirmed by its owner", it.name(), it.scope()));
            return identity.filter(it -> Confirmations.redirects(it).isEmpty())
                    .map(ConfirmationPage::thanks)
                    .orElseGet(() -> elsewhere(token.group(1)));
        } catch (IOException e) {
            log.warn("a confirmation could not be kept: {}", e.getMessage());
            return HtmlPage.of(
                    503, "Please try again", "<p>That could not be kept just now.</p>", Map.of("Retry-After", "10"));
        }
    }

    private static WireResponse thanks(Identity identity) {
        return HtmlPage.of(
                200,
                "Thank you",
                "<p>" + HtmlPage.escaped(identity.name().text()) + " may now be used by account "
                        + HtmlPage.escaped(identity.scope().account()) + ".</p>",
                Map.of());
    }

    // Browsers hold a form to its page's policy also when its answer leads on, and on from there.
    private static WireResponse page(Identity identity, String token) {
        String title = "Confirm your address";
        return Confirmations.redirects(identity).isPresent()
                ? HtmlPage.leadingElsewhere(title, form(identity, token))
                : HtmlPage.of(200, title, form(identity, token), Map.of());
    }

    private WireResponse elsewhere(String token) {
        return confirmations.elsewhere(token).map(HtmlPage::elsewhere).orElseGet(ConfirmationPage::gone);
    }

    private static WireResponse gone() {
        return HtmlPage.of(
                404,
                "This link is not good",
                "<p>It has been used, is older than 24 hours, or a newer one was sent.</p>",
                Map.of());
    }

    private static String form(Identity identity, String token) {
        return "<p>Account " + HtmlPage.escaped(identity.scope().account()) + " ("
                + HtmlPage.escaped(identity.scope().region()) + ") wants to send mail from <strong>"
                + HtmlPage.escaped(identity.name().text())
                + "</strong>.</p><form method=\"post\" action=\"" + PATH.substring(1)
                + "\"><input type=\"hidden\" name=\"token\" value=\"" + token
                + "\"><button>Yes, that is my wish</button></form><p>If it is not, close this page.</p>";
    }
}
