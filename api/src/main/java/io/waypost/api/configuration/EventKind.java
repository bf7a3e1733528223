package io.waypost.api.configuration;

import io.waypost.message.sending.MailEvent;
import java.util.Arrays;
import java.util.Optional;

/** What an event destination can hear of. The constant's name is the word of the API of 2019. */
public enum EventKind {
    SEND("send", "Send", "Email Sent"),
    REJECT("reject", "Reject", "Email Rejected"),
    BOUNCE("bounce", "Bounce", "Email Bounced"),
    COMPLAINT("complaint", "Complaint", "Email Complaint Received"),
    DELIVERY("delivery", "Delivery", "Email Delivered"),
    OPEN("open", "Open", "Email Opened"),
    CLICK("click", "Click", "Email Clicked"),
    RENDERING_FAILURE("renderingFailure", "Rendering Failure", "Email Rendering Failed"),
    DELIVERY_DELAY("", "DeliveryDelay", "Email Delivery Delayed"),
    SUBSCRIPTION("", "Subscription", "Email Subscribed");

    private final String word;
    private final String eventType;
    private final String detailType;

    EventKind(String word, String eventType, String detailType) {
        this.word = word;
        this.eventType = eventType;
        this.detailType = detailType;
    }

    public static EventKind of(MailEvent event) {
        return switch (event) {
            case MailEvent.Sent _ -> SEND;
            case MailEvent.Rejected _ -> REJECT;
            case MailEvent.Bounced _ -> BOUNCE;
            case MailEvent.Complained _ -> COMPLAINT;
            case MailEvent.Delivered _ -> DELIVERY;
            case MailEvent.Opened _ -> OPEN;
            case MailEvent.Clicked _ -> CLICK;
            case MailEvent.RenderingFailed _ -> RENDERING_FAILURE;
            case MailEvent.Delayed _ -> DELIVERY_DELAY;
            case MailEvent.Subscribed _ -> SUBSCRIPTION;
        };
    }

    /** The kind that the API of 2010 calls so. */
    public static Optional<EventKind> ofWord(String word) {
        return Arrays.stream(values())
                .filter(kind -> !word.isEmpty() && kind.word.equals(word))
                .findFirst();
    }

    /** The word of the API of 2010; empty for what it does not know. */
    public String word() {
        return word;
    }

    /** The value of {@code eventType} in events. */
    public String eventType() {
        return eventType;
    }

    /** The value of {@code detail-type} in events for EventBridge. */
    public String detailType() {
        return detailType;
    }
}
