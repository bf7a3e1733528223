package io.waypost.outbound.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.Scope;
import io.waypost.message.dkim.SigningKey;
import io.waypost.message.port.Spool;
import io.waypost.message.port.StoreUnavailableException;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.Sending;
import io.waypost.message.sending.SesMessageId;
import io.waypost.message.sending.TrackedLinks;
import io.waypost.message.sending.UnsubscribeLinks;
import io.waypost.outbound.MemorySpool;
import io.waypost.outbound.OutboundRoutes;
import io.waypost.outbound.OutboundSettings;
import io.waypost.outbound.port.ConfigurationSet;
import io.waypost.outbound.port.ContactLists;
import io.waypost.outbound.port.SendingAccounts.Allowance;
import io.waypost.outbound.port.SendingIdentity;
import io.waypost.outbound.port.SendingQuota;
import io.waypost.outbound.tracking.BodyLinks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageSenderTest {

    private static final Scope SCOPE = new Scope("123456789012", "eu-west-1");
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00.123Z");
    private static final String MAIL =
            "From: News <news@example.com>\r\nTo: bob@example.net\r\nSubject: Hi\r\n\r\nHello\r\n";

    private static final TrackedLinks TOKENS = new TrackedLinks(new byte[32]);

    private final MemorySpool spool = new MemorySpool();
    private final List<Spool.Committed> accepted = new ArrayList<>();
    private final Map<String, SendingIdentity> identities = new HashMap<>();
    private final Map<String, ConfigurationSet> sets = new HashMap<>();
    private Allowance allowance = new Allowance(true, false, -1, 100);
    private SendingQuota quota = SendingQuota.NONE;

    /** One list, readers, with one topic, news. */
    private final ContactLists contacts = new ContactLists() {
        @Override
        public boolean exists(Scope scope, String list, Optional<String> topic) {
            return list.equals("readers") && topic.orElse("news").equals("news");
        }

        @Override
        public boolean isSubscribed(Scope scope, String list, Optional<String> topic, EmailAddress address) {
            throw new AssertionError("asked when it is delivered");
        }

        @Override
        public Optional<Unsubscribed> unsubscribe(
                Scope scope, String list, Optional<String> topic, EmailAddress address) {
            throw new AssertionError("nobody unsubscribes");
        }
    };

    MessageSenderTest() {
        identities.put("example.com", identity(List.of(), Optional.empty()));
    }

    private static SendingIdentity identity(List<SigningKey> signers, Optional<SendingIdentity.MailFrom> mailFrom) {
        return new SendingIdentity(
                "example.com",
                "arn:aws:ses:eu-west-1:123456789012:identity/example.com",
                signers,
                mailFrom,
                Optional.empty(),
                false);
    }

    private static ConfigurationSet set(boolean enabled, boolean told) {
        return new ConfigurationSet(
                "main",
                enabled,
                true,
                Optional.of("pool"),
                Optional.of(Duration.ofHours(1)),
                Optional.empty(),
                told,
                false,
                false,
                Optional.empty());
    }

    private static ConfigurationSet tracking() {
        return new ConfigurationSet(
                "main",
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                true,
                true,
                Optional.empty());
    }

    private MessageId send(SendRequest request) throws Exception {
        MessageSender sender = new MessageSender(
                OutboundSettings.of("mx.example.org", new OutboundRoutes(Optional.empty(), Map.of())),
                new SendingServices(
                        (scope, address) -> scope.equals(SCOPE)
                                ? Optional.ofNullable(
                                        identities.get(address.domain().name()))
                                : Optional.empty(),
                        scope -> allowance,
                        (scope, name) -> Optional.ofNullable(sets.get(name)),
                        (scope, recipients) -> quota.take(scope, recipients),
                        contacts,
                        new SendingServices.Unsubscribe(
                                URI.create("https://mx.example.org/unsubscribe"),
                                new UnsubscribeLinks(new byte[32]),
                                new SignedReturnPaths(new byte[32])),
                        new BodyLinks(URI.create("https://mx.example.org/"), TOKENS, spool)),
                spool,
                accepted::add,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Random(1));
        return sender.send(request);
    }

    private static SendRequest raw(String mail) {
        return raw(mail, List.of());
    }

    private static SendRequest raw(String mail, List<EmailAddress> to) {
        return new SendRequest(
                SCOPE,
                "AKIAEXAMPLE",
                Optional.of("192.0.2.7"),
                "SendRawEmail",
                Optional.empty(),
                to,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                MessageContent.of(mail.getBytes(StandardCharsets.UTF_8)));
    }

    private static SendRequest of(String configurationSet, Map<String, String> tags, String mail) {
        return new SendRequest(
                SCOPE,
                "AKIAEXAMPLE",
                Optional.empty(),
                "SendEmail",
                Optional.of(EmailAddress.of("news@example.com")),
                List.of(EmailAddress.of("carol@example.net")),
                Optional.of(EmailAddress.of("back@example.com")),
                Optional.empty(),
                Optional.of(configurationSet),
                tags,
                Optional.empty(),
                MessageContent.of(mail.getBytes(StandardCharsets.UTF_8)));
    }

    private String stored(MessageId id) throws Exception {
        try (var in = spool.content(id).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Sending remembered(MessageId id) {
        return spool.acceptances.get(id).sending().orElseThrow();
    }

    @Test
    void theMailIsStoredWithItsOwnIdDateAndRecipients() throws Exception {
        MessageId id = send(raw(MAIL));
        String ses = SesMessageId.of(id, "eu-west-1");
        assertThat(stored(id))
                .isEqualTo("Received: by mx.example.org id " + id + ";\r\n\tThu, 26 Nov 2026 08:00:00 +0000\r\n"
                        + "Message-ID: <" + ses + "@mx.example.org>\r\n"
                        + "Date: Thu, 26 Nov 2026 08:00:00 +0000\r\n"
                        + "Feedback-ID: :example.com:eu-west-1:waypost\r\n"
                        + MAIL);
        Mail mail = spool.mails.get(id);
        assertThat(mail.envelope().addresses()).containsExactly(EmailAddress.of("bob@example.net"));
        assertThat(mail.envelope().from().toString()).isEqualTo("news@example.com");
        assertThat(mail.envelope().body()).isEqualTo(Envelope.Body.SEVEN_BIT);
        assertThat(accepted).hasSize(1);
        assertThat(spool.openDrafts).isZero();
    }

    @Test
    void whatIsRememberedIsWhatWasAsked() throws Exception {
        sets.put("main", set(true, false));
        MessageId id = send(of("main", Map.of("campaign", "spring"), MAIL));
        Sending sending = remembered(id);
        assertThat(sending.scope()).isEqualTo(SCOPE);
        assertThat(sending.source()).isEqualTo("News <news@example.com>");
        assertThat(sending.configurationSet()).contains("main");
        assertThat(sending.tags()).containsEntry("campaign", "spring");
        assertThat(sending.feedbackTo()).contains(EmailAddress.of("back@example.com"));
        assertThat(sending.mailFrom()).isEqualTo(new Domain("mx.example.org"));
        assertThat(sending.conditions())
                .isEqualTo(new Sending.Conditions(true, Optional.of("pool"), Optional.of(NOW.plusSeconds(3600))));
        assertThat(sending.headers()).isEmpty();
        assertThat(spool.mails.get(id).envelope().addresses()).containsExactly(EmailAddress.of("carol@example.net"));
    }

    @Test
    void whereSomebodyHearsOfItTheHeaderIsRememberedAndTellingIsOwed() throws Exception {
        sets.put("main", set(true, true));
        MessageId id = send(of("main", Map.of(), MAIL));
        assertThat(remembered(id).headers())
                .containsExactly(
                        new Sending.Field("From", "News <news@example.com>"),
                        new Sending.Field("To", "bob@example.net"),
                        new Sending.Field("Subject", "Hi"));
        List<Plan.PlannedRun> runs = spool.mails.get(id).plan().runs();
        assertThat(runs.stream().map(Plan.PlannedRun::rule)).containsExactly("deliver-1", "told");
    }

    @Test
    void aLongHeaderIsRememberedInPart() throws Exception {
        sets.put("main", set(true, true));
        String filler = "X-Filler: " + "y".repeat(900) + "\r\n";
        MessageId id = send(of("main", Map.of(), "From: news@example.com\r\n" + filler.repeat(20) + "\r\n"));
        assertThat(remembered(id).headersTruncated()).isTrue();
        assertThat(remembered(id).headers()).hasSizeBetween(5, 12);
    }

    @Test
    void sesFieldsAreReadAndTakenOut() throws Exception {
        sets.put("main", set(true, false));
        MessageId id = send(raw("X-SES-CONFIGURATION-SET: main\r\nX-SES-MESSAGE-TAGS: a=b, c=d\r\n"
                + "x-ses-tenant: t\r\nBcc: eve@example.net\r\nReturn-Path: <back@example.com>\r\n" + MAIL));
        assertThat(stored(id).toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("x-ses-", "bcc", "return-path", "eve@");
        assertThat(remembered(id).configurationSet()).contains("main");
        assertThat(remembered(id).tags()).containsExactly(Map.entry("a", "b"), Map.entry("c", "d"));
        assertThat(remembered(id).feedbackTo()).contains(EmailAddress.of("back@example.com"));
        assertThat(spool.mails.get(id).envelope().addresses())
                .containsExactly(EmailAddress.of("bob@example.net"), EmailAddress.of("eve@example.net"));
    }

    @Test
    void aMailToAListSaysHowToEndIt() throws Exception {
        MessageId id = send(
                raw("X-SES-LIST-MANAGEMENT-OPTIONS: readers; topic=news\r\nList-Unsubscribe: <https://x/>\r\n" + MAIL));
        assertThat(stored(id))
                .containsPattern(
                        "\r\nList-Unsubscribe:\r\n <https://mx\\.example\\.org/unsubscribe\\?t=[A-Za-z0-9_.-]+>,\r\n <mailto:u-"
                                + id
                                + "-0-[0-9a-v]{16}@mx\\.example\\.org>\r\n"
                                + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
                .doesNotContain("https://x/");
        assertThat(remembered(id).list()).contains(new SendRequest.ListManagement("readers", Optional.of("news")));
        assertThat(refusal(raw("X-SES-LIST-MANAGEMENT-OPTIONS: others\r\n" + MAIL)))
                .hasMessage("List with name: others doesn't exist.");
        assertThat(refusal(raw("X-SES-LIST-MANAGEMENT-OPTIONS: readers; topic=old\r\n" + MAIL)))
                .hasMessage("List: readers doesn't contain Topic: old");
    }

    @Test
    void theMailOfATrackingSetTellsOfItsReaders() throws Exception {
        sets.put("main", tracking());
        String html = MAIL.replace(
                "\r\n\r\nHello",
                "\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
                        + "<a href=\"https://shop.test/\">" + "x".repeat(900) + "</a>");
        MessageId id = send(of("main", Map.of(), html));
        assertThat(stored(id).replace("=\r\n", ""))
                .contains("\r\nContent-Transfer-Encoding: quoted-printable\r\n")
                .containsPattern("<a href=3D\"https://mx\\.example\\.org/c/[A-Za-z0-9_-]+\">")
                .containsPattern("<img alt=3D\"\" src=3D\"https://mx\\.example\\.org/o/[A-Za-z0-9_-]+\"")
                .doesNotContain("shop.test", "7bit");
        assertThat(remembered(id).tracked()).isTrue();
        assertThat(remembered(id).headers())
                .contains(new Sending.Field("Content-Transfer-Encoding", "quoted-printable"));
        assertThat(spool.openDrafts).isZero();
        MessageId plain = send(of("main", Map.of(), MAIL));
        assertThat(stored(plain)).endsWith(MAIL);
        assertThat(remembered(plain).tracked()).isFalse();
        assertThat(spool.openDrafts).isZero();
    }

    @Test
    void theTextOfAMailToAListHasItsLink() throws Exception {
        MessageId id = send(raw(
                "X-SES-LIST-MANAGEMENT-OPTIONS: readers; topic=news\r\n" + MAIL + "{{amazonSESUnsubscribeUrl}}\r\n"));
        assertThat(stored(id))
                .containsPattern("Hello\r\nhttps://mx\\.example\\.org/unsubscribe\\?t=[A-Za-z0-9_.-]+\r\n");
        assertThat(remembered(id).tracked()).isFalse();
        assertThat(remembered(id).hasLinks()).isTrue();
    }

    @Test
    void theIdentitysKeysSign() throws Exception {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        SigningKey key = new SigningKey(
                new Domain("example.com"), "one", rsa.generateKeyPair().getPrivate());
        SigningKey other = new SigningKey(
                new Domain("example.com"),
                "two",
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
        identities.put("example.com", identity(List.of(key, other), Optional.empty()));
        assertThat(stored(send(raw(MAIL))))
                .startsWith("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com;\r\n\ts=one; ")
                .contains("\r\nDKIM-Signature: v=1; a=ed25519-sha256; ");
        assertThat(refusal(raw("DKIM-Signature: v=1\r\n" + MAIL)).getMessage())
                .isEqualTo("Duplicate header 'DKIM-Signature'.");
    }

    @Test
    void lineEndsAreMended() throws Exception {
        MessageId id = send(raw(MAIL.replace("\r\n", "\n") + "a\rb"));
        assertThat(stored(id)).endsWith("Subject: Hi\r\n\r\nHello\r\na\r\nb");
    }

    @Test
    void eightBitContentIsSaidToBe() throws Exception {
        MessageId body = send(raw(MAIL + "Grüße\r\n"));
        assertThat(spool.mails.get(body).envelope().body()).isEqualTo(Envelope.Body.EIGHT_BIT_MIME);
        assertThat(spool.mails.get(body).envelope().smtpUtf8()).isFalse();
        MessageId header = send(raw(MAIL.replace("Hi", "Grüße")));
        assertThat(spool.mails.get(header).envelope().smtpUtf8()).isTrue();
    }

    @Test
    void aCustomReturnDomainIsUsedWhenItIsReady() throws Exception {
        Domain custom = new Domain("bounces.example.com");
        identities.put(
                "example.com", identity(List.of(), Optional.of(new SendingIdentity.MailFrom(custom, true, false))));
        assertThat(remembered(send(raw(MAIL))).mailFrom()).isEqualTo(custom);
        identities.put(
                "example.com", identity(List.of(), Optional.of(new SendingIdentity.MailFrom(custom, false, false))));
        assertThat(remembered(send(raw(MAIL))).mailFrom()).isEqualTo(new Domain("mx.example.org"));
        identities.put(
                "example.com", identity(List.of(), Optional.of(new SendingIdentity.MailFrom(custom, false, true))));
        assertThat(refusal(raw(MAIL)).reason()).isEqualTo(Reason.MAIL_FROM_NOT_VERIFIED);
    }

    @Test
    void theSandboxKnowsItsRecipients() throws Exception {
        allowance = new Allowance(true, true, 200, 1);
        assertThat(refusal(raw(MAIL)).getMessage())
                .isEqualTo("Email address is not verified. The following identities failed the check in region"
                        + " EU-WEST-1: bob@example.net");
        send(raw(MAIL.replace("bob@example.net", "success+x@simulator.amazonses.com")));
        send(raw(MAIL.replace("bob@example.net", "staff@example.com")));
    }

    @Test
    void theQuotaCountsRecipientsButNotTheSimulators() throws Exception {
        List<Integer> taken = new ArrayList<>();
        quota = (scope, recipients) -> taken.add(recipients);
        send(raw(MAIL.replace("bob@example.net", "a@example.net, b@example.net, bounce@simulator.amazonses.com")));
        assertThat(taken).containsExactly(2);
    }

    @Test
    void aFullStoreRefusesAndKeepsNothing() {
        spool.full = true;
        assertThatThrownBy(() -> send(raw(MAIL))).isInstanceOf(StoreUnavailableException.class);
        assertThat(accepted).isEmpty();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row("no From", "To: a@example.net\r\n\r\n", "Missing required header 'From'."),
                row("two of From", "From: a@example.com\r\n" + MAIL, "Duplicate header 'From'."),
                row("two of Subject", "subject: x\r\n" + MAIL, "Duplicate header 'Subject'."),
                row("a line that is no field", "nonsense\r\n" + MAIL, "A line of the header is no header field."),
                row("a name with a blank", "X Y: z\r\n" + MAIL, "Invalid header name <X Y>."),
                row("no recipient", "From: a@example.com\r\n\r\n", "Missing final '@domain'"),
                row("a broken recipient", MAIL.replace("bob@example.net", "bob"), "Invalid email address<bob>."),
                row(
                        "a recipient with two @",
                        MAIL.replace("bob@example.net", "b@c@d"),
                        "Invalid email address<b@c@d>."),
                row(
                        "a foreign sender",
                        MAIL.replace("example.com", "example.org"),
                        "Email address is not verified. The following identities failed the check in region EU-WEST-1:"
                                + " news@example.org"),
                row(
                        "a foreign Sender field",
                        "Sender: x@example.org\r\n" + MAIL,
                        "Email address is not verified. The following identities failed the check in region EU-WEST-1:"
                                + " x@example.org"),
                row(
                        "a foreign return path",
                        "Return-Path: <x@example.org>\r\n" + MAIL,
                        "Email address is not verified. The following identities failed the check in region EU-WEST-1:"
                                + " x@example.org"),
                row(
                        "an unknown set",
                        "X-SES-CONFIGURATION-SET: none\r\n" + MAIL,
                        "Configuration set <none> does not exist."),
                row("a tag without value", "X-SES-MESSAGE-TAGS: a\r\n" + MAIL, "The tag value must be specified."),
                row("a tag without name", "X-SES-MESSAGE-TAGS: =a\r\n" + MAIL, "The tag name must be specified."),
                row(
                        "a tag's name",
                        "X-SES-MESSAGE-TAGS: a:b=c\r\n" + MAIL,
                        "Invalid tag name <a:b>: only alphanumeric ASCII characters, '_',  '-' are allowed."),
                row("a NUL", MAIL + "\0", "The message holds a NUL character."),
                row(
                        "51 recipients",
                        MAIL.replace("bob@example.net", "r@example.net" + many(50)),
                        "Recipient count exceeds 50."),
                row(
                        "51 senders",
                        "Sender: r@example.net" + many(49) + "\r\n" + MAIL,
                        "The message has more than 50 senders."),
                row(
                        "a header without end",
                        "From: a@example.com\r\nTo: b@example.net\r\n"
                                + ("X-Long: " + "y".repeat(990) + "\r\n").repeat(300),
                        "The header is longer than 256 KB."));
    }

    private static String many(int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(", r").append(i).append("@example.net");
        }
        return all.toString();
    }

    private static Arguments row(String name, String mail, String words) {
        return Arguments.of(name, mail, words);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatIsNotSentIsSaidInSesWords(String name, String mail, String words) {
        assertThat(refusal(raw(mail))).hasMessage(words);
        assertThat(accepted).isEmpty();
        assertThat(spool.openDrafts).isZero();
        assertThat(spool.mails).isEmpty();
    }

    @Test
    void aPausedSetAndAPausedAccountSendNothing() {
        sets.put("main", set(false, false));
        assertThat(refusal(of("main", Map.of(), MAIL)).reason()).isEqualTo(Reason.CONFIGURATION_SET_PAUSED);
        allowance = new Allowance(false, false, -1, 1);
        assertThat(refusal(raw(MAIL)).reason()).isEqualTo(Reason.ACCOUNT_PAUSED);
    }

    private SendRefusedException refusal(SendRequest request) {
        SendRefusedException refused = catchThrowableOfType(SendRefusedException.class, () -> send(request));
        assertThat(refused).isNotNull();
        return refused;
    }
}
