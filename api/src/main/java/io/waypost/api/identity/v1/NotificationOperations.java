package io.waypost.api.identity.v1;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Feedback;
import io.waypost.api.identity.Feedback.Kind;
import io.waypost.api.identity.IdentityReader;
import io.waypost.api.identity.IdentitySettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who hears of bounces, complaints and deliveries. */
public final class NotificationOperations implements Operations.Family {

    private final IdentitySettings settings;
    private final IdentityReader reader;

    public NotificationOperations(IdentitySettings settings, IdentityReader reader) {
        this.settings = settings;
        this.reader = reader;
    }

    /** GetIdentityNotificationAttributesRequest. */
    public record Names(List<String> identities) {}

    /** IdentityNotificationAttributes. */
    public record Attributes(
            @Nullable String bounceTopic,
            @Nullable String complaintTopic,
            @Nullable String deliveryTopic,
            boolean forwardingEnabled,
            boolean headersInBounceNotificationsEnabled,
            boolean headersInComplaintNotificationsEnabled,
            boolean headersInDeliveryNotificationsEnabled) {}

    /** GetIdentityNotificationAttributesResponse. */
    public record AllAttributes(Map<String, Attributes> notificationAttributes) {}

    /** SetIdentityNotificationTopicRequest. */
    public record SetTopic(
            String identity,
            String notificationType,
            @Nullable String snsTopic) {}

    /** SetIdentityFeedbackForwardingEnabledRequest. */
    public record SetForwarding(String identity, boolean forwardingEnabled) {}

    /** SetIdentityHeadersInNotificationsEnabledRequest. */
    public record SetHeaders(String identity, String notificationType, boolean enabled) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "GetIdentityNotificationAttributes", Names.class, AllAttributes.class, this::attributes)
                .add(Api.SES, "SetIdentityNotificationTopic", SetTopic.class, Nothing.class, this::topic)
                .add(
                        Api.SES,
                        "SetIdentityFeedbackForwardingEnabled",
                        SetForwarding.class,
                        Nothing.class,
                        this::forwarding)
                .add(
                        Api.SES,
                        "SetIdentityHeadersInNotificationsEnabled",
                        SetHeaders.class,
                        Nothing.class,
                        this::headers);
    }

    private AllAttributes attributes(Caller caller, Names input) throws ServiceException {
        Map<String, Attributes> attributes = new LinkedHashMap<>();
        reader.known(caller.scope(), input.identities)
                .forEach((name, identity) -> attributes.put(name, attributes(identity.feedback())));
        return new AllAttributes(attributes);
    }

    private static Attributes attributes(Feedback feedback) {
        return new Attributes(
                feedback.topics().get(Kind.BOUNCE),
                feedback.topics().get(Kind.COMPLAINT),
                feedback.topics().get(Kind.DELIVERY),
                feedback.forwarding(),
                feedback.withHeaders().contains(Kind.BOUNCE),
                feedback.withHeaders().contains(Kind.COMPLAINT),
                feedback.withHeaders().contains(Kind.DELIVERY));
    }

    private Nothing topic(Caller caller, SetTopic input) throws ServiceException, IOException {
        settings.topic(
                caller.scope(), input.identity, kind(input.notificationType), Optional.ofNullable(input.snsTopic));
        return new Nothing();
    }

    private Nothing forwarding(Caller caller, SetForwarding input) throws ServiceException, IOException {
        settings.forwarding(caller.scope(), input.identity, input.forwardingEnabled);
        return new Nothing();
    }

    private Nothing headers(Caller caller, SetHeaders input) throws ServiceException, IOException {
        settings.headers(caller.scope(), input.identity, kind(input.notificationType), input.enabled);
        return new Nothing();
    }

    private static Kind kind(String word) throws ServiceException {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ServiceException.invalidParameter("Invalid notification type: " + word
                        + ". Valid values are: "
                        + Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", ")) + "."));
    }
}
