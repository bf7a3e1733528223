package io.waypost.message.sending;

import io.waypost.message.EmailAddress;
import io.waypost.message.MessageContent;
import io.waypost.message.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One message that an application wants sent, by whatever door it came.
 *
 * @param scope whose mail it is: the key's account, the region it signed for
 * @param accessKey the id of the key; no secret
 * @param sourceIp where the call came from
 * @param operation such as {@code SendEmail}; {@code SendRawEmail} for SMTP
 * @param source the sender's address, which an identity must cover; where absent, the From field of the content
 * @param destinations the envelope's recipients, at least one and at most 50; empty: those of To, Cc and Bcc
 * @param returnPath who gets feedback by mail; where absent, the Return-Path field or the source
 * @param sourceArn the identity as the caller named it
 * @param configurationSet as the caller named it; the header field counts where it is absent
 * @param tags the caller's own; they win over those of the header field
 * @param list whose members may unsubscribe; the header field counts where it is absent
 * @param content a complete message, CRLF line ends, read once or twice
 * @param arns all identities that the caller named: of its sender, its author, its return path
 */
public record SendRequest(
        Scope scope,
        String accessKey,
        Optional<String> sourceIp,
        String operation,
        Optional<EmailAddress> source,
        List<EmailAddress> destinations,
        Optional<EmailAddress> returnPath,
        Optional<String> sourceArn,
        Optional<String> configurationSet,
        Map<String, String> tags,
        Optional<ListManagement> list,
        MessageContent content,
        List<String> arns) {

    public SendRequest {
        destinations = List.copyOf(destinations);
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        arns = List.copyOf(arns);
    }

    /** One that names one identity at most. */
    public SendRequest(
            Scope scope,
            String accessKey,
            Optional<String> sourceIp,
            String operation,
            Optional<EmailAddress> source,
            List<EmailAddress> destinations,
            Optional<EmailAddress> returnPath,
            Optional<String> sourceArn,
            Optional<String> configurationSet,
            Map<String, String> tags,
            Optional<ListManagement> list,
            MessageContent content) {
        this(
                scope,
                accessKey,
                sourceIp,
                operation,
                source,
                destinations,
                returnPath,
                sourceArn,
                configurationSet,
                tags,
                list,
                content,
                sourceArn.stream().toList());
    }

    /**
     * The contact list that a mail is sent to, one contact at a time.
     *
     * @param contactList its name
     * @param topic what of it the mail is about
     */
    public record ListManagement(String contactList, Optional<String> topic) {}
}
