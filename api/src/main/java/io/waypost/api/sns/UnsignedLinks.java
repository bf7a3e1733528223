package io.waypost.api.sns;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.aws.WireRequest;
import io.waypost.api.aws.WireResponse;
import io.waypost.message.topic.Publishing;
import io.waypost.message.topic.TopicArn;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the two links that subscribers are sent, SubscribeURL and UnsubscribeURL: plain GET requests without a signature. What they
 * name cannot be guessed, the token of the one and the id of the other. Shared by all threads; may block.
 */
public final class UnsignedLinks {

    private static final Logger LOG = LoggerFactory.getLogger(UnsignedLinks.class);
    private static final Set<String> ACTIONS = Set.of("ConfirmSubscription", "Unsubscribe");
    private static final String NAMESPACE = "http://sns.amazonaws.com/doc/2010-03-31/";

    private final TopicBook book;
    private final Publishing publishing;

    /** @param publishing tells endpoints what became of their subscriptions */
    public UnsignedLinks(TopicBook book, Publishing publishing) {
        this.book = book;
        this.publishing = publishing;
    }

    /** Whether it is one of the two; every other request needs a signature. */
    public static boolean isOne(WireRequest request) {
        return request.method().equals("GET")
                && request.path().equals("/")
                && request.headers().get("authorization") == null
                && parameters(request.query())
                        .filter(all -> ACTIONS.contains(all.getOrDefault("Action", "")))
                        .filter(all -> !all.containsKey("X-Amz-Signature") && !all.containsKey("Signature"))
                        .isPresent();
    }

    /** Carries out what a request asks of which {@link #isOne} is true. */
    public WireResponse answer(WireRequest request) {
        Map<String, String> all = parameters(request.query()).orElse(Map.of());
        String action = all.getOrDefault("Action", "");
        try {
            return action.equals("Unsubscribe")
                    ? unsubscribe(all.getOrDefault("SubscriptionArn", ""))
                    : confirm(all.getOrDefault("TopicArn", ""), all.getOrDefault("Token", ""));
        } catch (ServiceException e) {
            return error(e);
        } catch (IOException e) {
            LOG.warn("{} by a link failed: {}", action, e.toString());
            return xml(500, failure("Receiver", "InternalError", "Internal failure, try again later"));
        }
    }

    private WireResponse confirm(String topicArn, String token) throws ServiceException, IOException {
        TopicArn topic = TopicArn.parse(topicArn).orElseThrow(() -> SnsErrors.invalid("TopicArn"));
        String arn = book.confirm(topic, token, false, false).arn();
        return xml(
                200,
                "<ConfirmSubscriptionResponse xmlns=\"" + NAMESPACE + "\"><ConfirmSubscriptionResult><SubscriptionArn>"
                        + escaped(arn) + "</SubscriptionArn></ConfirmSubscriptionResult>" + metadata()
                        + "</ConfirmSubscriptionResponse>");
    }

    private WireResponse unsubscribe(String subscriptionArn) throws ServiceException, IOException {
        String id = Arns.subscriptionId(subscriptionArn).orElseThrow(() -> SnsErrors.invalid("SubscriptionArn"));
        Optional<StoredSubscription> there =
                book.stored(id).filter(one -> one.arn().equals(subscriptionArn));
        if (there.isPresent()) {
            if (there.get().signedUnsubscribe() && !there.get().configured()) {
                throw new ServiceException(
                        "AuthorizationErrorException", "This subscription can be ended only by a signed request");
            }
            book.leave(id).ifPresent(this::tell);
        }
        return xml(200, "<UnsubscribeResponse xmlns=\"" + NAMESPACE + "\">" + metadata() + "</UnsubscribeResponse>");
    }

    // It has ended, whether its endpoint hears of it or not.
    private void tell(StoredSubscription ended) {
        try {
            publishing.tellUnsubscribed(book.seen(ended));
        } catch (IOException e) {
            LOG.warn("{} was ended by its link, and its endpoint could not be told: {}", ended.arn(), e.toString());
        }
    }

    private static WireResponse error(ServiceException e) {
        return switch (e.error()) {
            case "NotFoundException" -> xml(404, failure("Sender", "NotFound", e.words()));
            case "AuthorizationErrorException" -> xml(403, failure("Sender", "AuthorizationError", e.words()));
            default -> xml(400, failure("Sender", "InvalidParameter", e.words()));
        };
    }

    private static String failure(String type, String code, String words) {
        return "<ErrorResponse xmlns=\"" + NAMESPACE + "\"><Error><Type>" + type + "</Type><Code>" + code
                + "</Code><Message>" + escaped(words) + "</Message></Error><RequestId>" + UUID.randomUUID()
                + "</RequestId></ErrorResponse>";
    }

    private static String metadata() {
        return "<ResponseMetadata><RequestId>" + UUID.randomUUID() + "</RequestId></ResponseMetadata>";
    }

    private static WireResponse xml(int status, String text) {
        return new WireResponse(status, Map.of("Content-Type", "text/xml"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    // Nothing when a name stands there twice or the encoding is broken: then it is not one of our links.
    private static Optional<Map<String, String>> parameters(String query) {
        Map<String, String> all = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            try {
                String value = URLDecoder.decode(equals < 0 ? "" : pair.substring(equals + 1), StandardCharsets.UTF_8);
                if (all.put(URLDecoder.decode(name, StandardCharsets.UTF_8), value) != null) {
                    return Optional.empty();
                }
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(all);
    }
}
