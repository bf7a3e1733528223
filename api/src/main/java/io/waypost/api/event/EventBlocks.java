package io.waypost.api.event;

import com.fasterxml.jackson.core.JsonGenerator;
import io.waypost.message.EmailAddress;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.MailEvent.BouncedRecipient;
import io.waypost.message.sending.MailEvent.Preferences;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The block of an event that is its own: what happened. */
final class EventBlocks {

    private EventBlocks() {}

    static void write(JsonGenerator json, MailEvent event) throws IOException {
        switch (event) {
            case MailEvent.Sent _ -> {
                json.writeObjectFieldStart("send");
                json.writeEndObject();
            }
            case MailEvent.Rejected it -> {
                json.writeObjectFieldStart("reject");
                MailJson.text(json, "reason", it.reason());
                json.writeEndObject();
            }
            case MailEvent.Bounced it -> bounce(json, it);
            case MailEvent.Complained it -> complaint(json, it);
            case MailEvent.Delivered it -> delivery(json, it);
            case MailEvent.Delayed it -> delay(json, it);
            case MailEvent.Opened it -> {
                json.writeObjectFieldStart("open");
                fetched(json, event, it.ipAddress(), it.userAgent());
                json.writeEndObject();
            }
            case MailEvent.Clicked it -> click(json, it);
            case MailEvent.RenderingFailed it -> {
                json.writeObjectFieldStart("failure");
                MailJson.text(json, "errorMessage", it.errorMessage());
                MailJson.text(json, "templateName", it.templateName());
                json.writeEndObject();
            }
            case MailEvent.Subscribed it -> subscription(json, it);
        }
    }

    private static void bounce(JsonGenerator json, MailEvent.Bounced bounce) throws IOException {
        json.writeObjectFieldStart("bounce");
        json.writeStringField("feedbackId", EventIds.feedbackId(bounce));
        json.writeStringField("bounceType", bounce.kind().type());
        json.writeStringField("bounceSubType", bounce.kind().subType());
        json.writeArrayFieldStart("bouncedRecipients");
        for (BouncedRecipient recipient : bounce.recipients()) {
            json.writeStartObject();
            MailJson.text(json, "emailAddress", recipient.address().toString());
            MailJson.optional(json, "action", recipient.action());
            MailJson.optional(json, "status", recipient.status());
            MailJson.optional(json, "diagnosticCode", recipient.diagnosticCode());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("timestamp", MailJson.millis(bounce.at()));
        MailJson.optional(json, "remoteMtaIp", bounce.remoteMtaIp());
        MailJson.optional(json, "reportingMTA", bounce.reportingMta());
        json.writeEndObject();
    }

    private static void complaint(JsonGenerator json, MailEvent.Complained complaint) throws IOException {
        json.writeObjectFieldStart("complaint");
        json.writeArrayFieldStart("complainedRecipients");
        for (EmailAddress recipient : complaint.recipients()) {
            json.writeStartObject();
            MailJson.text(json, "emailAddress", recipient.toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("timestamp", MailJson.millis(complaint.at()));
        json.writeStringField("feedbackId", EventIds.feedbackId(complaint));
        if (complaint.suppressed()) {
            json.writeStringField("complaintSubType", "OnAccountSuppressionList");
        } else {
            json.writeNullField("complaintSubType");
        }
        MailJson.optional(json, "userAgent", complaint.userAgent());
        MailJson.optional(json, "complaintFeedbackType", complaint.feedbackType());
        MailJson.optional(json, "arrivalDate", complaint.arrivalDate().map(MailJson::millis));
        json.writeEndObject();
    }

    private static void delivery(JsonGenerator json, MailEvent.Delivered delivery) throws IOException {
        json.writeObjectFieldStart("delivery");
        json.writeStringField("timestamp", MailJson.millis(delivery.at()));
        json.writeNumberField(
                "processingTimeMillis", Math.max(0, delivery.took().toMillis()));
        MailJson.addresses(json, "recipients", delivery.recipients());
        MailJson.text(json, "smtpResponse", delivery.smtpResponse());
        MailJson.text(json, "reportingMTA", delivery.reportingMta());
        MailJson.optional(json, "remoteMtaIp", delivery.remoteMtaIp());
        json.writeEndObject();
    }

    private static void delay(JsonGenerator json, MailEvent.Delayed delay) throws IOException {
        json.writeObjectFieldStart("deliveryDelay");
        json.writeStringField("timestamp", MailJson.millis(delay.at()));
        json.writeStringField("delayType", delay.kind().type());
        json.writeStringField("expirationTime", MailJson.millis(delay.expiresAt()));
        json.writeArrayFieldStart("delayedRecipients");
        for (BouncedRecipient recipient : delay.recipients()) {
            json.writeStartObject();
            MailJson.text(json, "emailAddress", recipient.address().toString());
            MailJson.optional(json, "status", recipient.status());
            MailJson.optional(json, "diagnosticCode", recipient.diagnosticCode());
            json.writeEndObject();
        }
        json.writeEndArray();
        MailJson.optional(json, "reportingMTA", delay.reportingMta());
        json.writeEndObject();
    }

    private static void click(JsonGenerator json, MailEvent.Clicked click) throws IOException {
        json.writeObjectFieldStart("click");
        fetched(json, click, click.ipAddress(), click.userAgent());
        MailJson.text(json, "link", click.link().toString());
        if (click.linkTags().isEmpty()) {
            json.writeNullField("linkTags");
        } else {
            json.writeObjectFieldStart("linkTags");
            for (Map.Entry<String, List<String>> tag : new TreeMap<>(click.linkTags()).entrySet()) {
                json.writeArrayFieldStart(tag.getKey());
                for (String value : tag.getValue()) {
                    json.writeString(value);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void fetched(JsonGenerator json, MailEvent event, String ipAddress, String userAgent)
            throws IOException {
        MailJson.text(json, "ipAddress", ipAddress);
        json.writeStringField("timestamp", MailJson.millis(event.at()));
        MailJson.text(json, "userAgent", userAgent);
    }

    private static void subscription(JsonGenerator json, MailEvent.Subscribed it) throws IOException {
        json.writeObjectFieldStart("subscription");
        MailJson.text(json, "contactList", it.contactList());
        json.writeStringField("timestamp", MailJson.millis(it.at()));
        MailJson.optional(json, "source", Optional.of(it.source()));
        preferences(json, "newTopicPreferences", it.newPreferences());
        preferences(json, "oldTopicPreferences", it.oldPreferences());
        json.writeEndObject();
    }

    private static void preferences(JsonGenerator json, String name, Preferences preferences) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeBooleanField("unsubscribeAll", preferences.unsubscribeAll());
        json.writeArrayFieldStart("topicSubscriptionStatus");
        for (Map.Entry<String, Boolean> topic : new TreeMap<>(preferences.topics()).entrySet()) {
            json.writeStartObject();
            MailJson.text(json, "topicName", topic.getKey());
            json.writeStringField("subscriptionStatus", topic.getValue() ? "OptIn" : "OptOut");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
