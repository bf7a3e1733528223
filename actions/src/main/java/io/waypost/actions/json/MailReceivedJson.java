package io.waypost.actions.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.waypost.actions.ObjectLinks;
import io.waypost.message.Client;
import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.mime.Attachment;
import io.waypost.message.mime.Defect;
import io.waypost.message.mime.HeaderField;
import io.waypost.message.mime.MailAddress;
import io.waypost.message.mime.MailReader;
import io.waypost.message.mime.ParsedMail;
import io.waypost.rules.Action;
import io.waypost.rules.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event {@code mail.received} (docs/actions/webhook.md). The same effect gives the same bytes at each attempt, but for the link to
 * the stored mail when that was renewed. The content is read once: parsed and hashed together. Shared by all threads.
 */
public final class MailReceivedJson {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int EXPECTED = 16 * 1024;

    private final MailReader reader;
    private final ObjectLinks links;

    /**
     * @param reader reads the mails
     * @param links where stored mails can be fetched
     */
    public MailReceivedJson(MailReader reader, ObjectLinks links) {
        this.reader = reader;
        this.links = links;
    }

    /**
     * Writes the mail as the effect's action sees it; what cannot be parsed is among its defects.
     *
     * @throws IOException when the mail cannot be read back
     */
    public byte[] write(Effect effect) throws IOException {
        MessageDigest digest = sha256();
        ParsedMail parsed;
        try (InputStream content = effect.content().open();
                DigestInputStream hashed = new DigestInputStream(content, digest)) {
            parsed = reader.read(hashed);
            // What a limit left unread is part of the hash all the same.
            hashed.transferTo(OutputStream.nullOutputStream());
        }
        try (ByteArrayBuilder out = new ByteArrayBuilder(null, EXPECTED);
                JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("type", "mail.received");
            json.writeStringField("timestamp", MILLIS.format(effect.mail().acceptedAt()));
            message(json, effect, HexFormat.of().formatHex(digest.digest()));
            envelope(json, effect);
            VerdictsJson.write(json, effect.verdicts());
            content(json, parsed);
            rule(json, effect);
            json.writeEndObject();
            json.flush();
            return out.toByteArray();
        }
    }

    private void message(JsonGenerator json, Effect effect, String sha256) throws IOException {
        json.writeObjectFieldStart("message");
        json.writeStringField("id", effect.mail().id().value());
        json.writeNumberField("size", effect.content().size());
        json.writeStringField("sha256", sha256);
        Optional<Action.StoredObject> stored = stored(effect);
        if (stored.isPresent()) {
            json.writeObjectFieldStart("raw");
            json.writeStringField("bucket", stored.get().bucket());
            json.writeStringField("key", stored.get().key());
            text(
                    json,
                    "url",
                    links.link(stored.get(), effect.mail().acceptedAt(), effect.now())
                            .map(URI::toString)
                            .orElse(null));
            json.writeEndObject();
        } else {
            json.writeNullField("raw");
        }
        json.writeEndObject();
    }

    /** Where the nearest action before this one in its rule has put the message. */
    static Optional<Action.StoredObject> stored(Effect effect) {
        List<Action> actions = effect.rule().actions();
        for (int i = Math.min(effect.key().action(), actions.size()) - 1; i >= 0; i--) {
            Optional<Action.StoredObject> stored =
                    actions.get(i).storesAt(effect.mail().id());
            if (stored.isPresent()) {
                return stored;
            }
        }
        return Optional.empty();
    }

    private static void envelope(JsonGenerator json, Effect effect) throws IOException {
        Mail mail = effect.mail();
        Client client = mail.envelope().client();
        json.writeObjectFieldStart("envelope");
        text(json, "from", mail.envelope().from().toString());
        json.writeArrayFieldStart("to");
        for (EmailAddress recipient : effect.run().recipients()) {
            json.writeString(JsonText.wellFormed(recipient.toString()));
        }
        json.writeEndArray();
        json.writeStringField("remoteIp", client.address().getHostAddress());
        text(json, "helo", client.helo());
        text(json, "tls", client.tls().map(Client.Tls::version).orElse(null));
        json.writeEndObject();
    }

    private static void content(JsonGenerator json, ParsedMail parsed) throws IOException {
        addresses(json, "from", parsed.header().addresses("From"));
        addresses(json, "to", parsed.header().addresses("To"));
        addresses(json, "cc", parsed.header().addresses("Cc"));
        addresses(json, "replyTo", parsed.header().addresses("Reply-To"));
        text(json, "subject", parsed.header().subject().orElse(null));
        text(
                json,
                "date",
                parsed.header()
                        .date()
                        .map(DateTimeFormatter.ISO_OFFSET_DATE_TIME::format)
                        .orElse(null));
        text(json, "messageId", parsed.header().messageId().orElse(null));
        text(json, "inReplyTo", parsed.header().inReplyTo().orElse(null));
        json.writeArrayFieldStart("references");
        for (String reference : parsed.header().references()) {
            json.writeString(JsonText.wellFormed(reference));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("headers");
        for (HeaderField field : parsed.header().fields()) {
            json.writeStartArray();
            json.writeString(JsonText.wellFormed(field.name()));
            json.writeString(JsonText.wellFormed(field.value()));
            json.writeEndArray();
        }
        json.writeEndArray();
        text(json, "text", parsed.text());
        text(json, "html", parsed.html());
        json.writeArrayFieldStart("attachments");
        for (Attachment attachment : parsed.attachments()) {
            attachment(json, attachment);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("defects");
        for (Defect defect : parsed.defects()) {
            json.writeString(defect.word());
        }
        json.writeEndArray();
    }

    private static void addresses(JsonGenerator json, String name, List<MailAddress> addresses) throws IOException {
        json.writeArrayFieldStart(name);
        for (MailAddress address : addresses) {
            json.writeStartObject();
            text(json, "name", address.name());
            text(json, "address", address.address());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void attachment(JsonGenerator json, Attachment attachment) throws IOException {
        json.writeStartObject();
        text(json, "name", attachment.name());
        text(json, "type", attachment.type());
        text(json, "detectedType", attachment.detectedType());
        json.writeNumberField("size", attachment.size());
        json.writeStringField("sha256", attachment.sha256());
        text(json, "contentId", attachment.contentId());
        text(json, "disposition", attachment.disposition());
        json.writeEndObject();
    }

    private static void rule(JsonGenerator json, Effect effect) throws IOException {
        json.writeObjectFieldStart("rule");
        json.writeStringField("ruleSet", effect.ruleSet().name());
        json.writeNumberField("version", effect.ruleSet().version());
        json.writeStringField("name", effect.run().ruleName());
        json.writeNumberField("action", effect.key().action());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, JsonText.wellFormed(value));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
