package io.waypost.api.contact;

import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.page.HtmlPage;
import io.waypost.message.port.Ledger;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvents;
import io.waypost.message.sending.UnsubscribeLinks;
import io.waypost.message.sending.UnsubscribeLinks.Subscription;
import io.waypost.outbound.port.ContactLists;
import io.waypost.outbound.port.ContactLists.Unsubscribed;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the List-Unsubscribe link leads to. Showing it (GET) changes nothing, since scanners of mail follow links; a POST, be it of a
 * mail program (RFC 8058) or of the page's button, ends the subscription. Needs no signature: who knows the link has the mail. Safe for
 * all threads; blocks.
 */
public final class UnsubscribePage {

    /** Where the HTTP door must ask this. */
    public static final String PATH = "/unsubscribe";

    private static final Logger LOG = LoggerFactory.getLogger(UnsubscribePage.class);
    private static final Pattern TOKEN = Pattern.compile("t=([A-Za-z0-9_.-]{30,2000})");

    private final UnsubscribeLinks links;
    private final ContactLists contacts;
    private final Ledger ledger;
    private final MailEvents events;
    private final Clock clock;

    /** @param ledger knows the mail that the link stood in, for as long as its history is kept */
    public UnsubscribePage(
            UnsubscribeLinks links, ContactLists contacts, Ledger ledger, MailEvents events, Clock clock) {
        this.links = links;
        this.contacts = contacts;
        this.ledger = ledger;
        this.events = events;
        this.clock = clock;
    }

    /** Answers a request for {@link #PATH}. */
    public WireResponse answer(WireRequest request) {
        Matcher token = TOKEN.matcher(request.query());
        Optional<Subscription> subscription = token.matches() ? links.read(token.group(1)) : Optional.empty();
        if (subscription.isEmpty()) {
            return HtmlPage.of(404, "This link is not good", "<p>It is not whole.</p>", Map.of());
        }
        return switch (request.method()) {
            case "GET" -> shown(subscription.get(), token.group(1));
            case "POST" -> ended(subscription.get(), token.group(1));
            default ->
                HtmlPage.of(405, "Not possible", "<p>Open the link in your browser.</p>", Map.of("Allow", "GET, POST"));
        };
    }

    private static WireResponse shown(Subscription subscription, String token) {
        return HtmlPage.of(
                200,
                "Unsubscribe",
                "<p><strong>" + HtmlPage.escaped(subscription.contact().toString())
                        + "</strong> will get no more mail of the list "
                        + HtmlPage.escaped(subscription.list())
                        + subscription
                                .topic()
                                .map(topic -> " about " + HtmlPage.escaped(topic))
                                .orElse("")
                        + ".</p><form method=\"post\" action=\"" + PATH.substring(1) + "?t=" + token
                        + "\"><button>Unsubscribe</button></form>",
                Map.of());
    }

    private WireResponse ended(Subscription subscription, String token) {
        try {
            Optional<Unsubscribed> ended = contacts.unsubscribe(
                    subscription.scope(), subscription.list(), subscription.topic(), subscription.contact());
            if (ended.isPresent() && !ended.get().before().equals(ended.get().after())) {
                tell(subscription, token, ended.get());
                LOG.info("a contact of {} in {} unsubscribed", subscription.list(), subscription.scope());
            }
            return HtmlPage.of(200, "Unsubscribed", "<p>You will get no more of this mail.</p>", Map.of());
        } catch (IOException e) {
            LOG.warn("an unsubscription could not be kept: {}", e.getMessage());
            return HtmlPage.of(
                    503, "Please try again", "<p>That could not be kept just now.</p>", Map.of("Retry-After", "10"));
        }
    }

    private void tell(Subscription subscription, String token, Unsubscribed ended) throws IOException {
        Optional<Ledger.Story> story = ledger.story(subscription.mail());
        if (story.isPresent() && story.get().mail().sending().isPresent()) {
            events.tell(new MailEvent.Subscribed(
                    "unsubscribe/" + token.substring(token.indexOf('.') + 1),
                    story.get().mail(),
                    clock.instant(),
                    subscription.list(),
                    "UnsubscribeHeader",
                    ended.after(),
                    ended.before()));
        }
    }
}
