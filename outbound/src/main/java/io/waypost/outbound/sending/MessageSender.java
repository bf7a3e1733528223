package io.waypost.outbound.sending;

import io.waypost.message.Client;
import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.Line;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Recipient;
import io.waypost.message.ReversePath;
import io.waypost.message.dkim.BodySum;
import io.waypost.message.dkim.Signer;
import io.waypost.message.dkim.SigningKey;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Spool;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.Sender;
import io.waypost.message.sending.Sending;
import io.waypost.outbound.OutboundRules;
import io.waypost.outbound.OutboundSettings;
import io.waypost.outbound.content.EicarAttachment;
import io.waypost.outbound.content.EicarSearch;
import io.waypost.outbound.port.ConfigurationSet;
import io.waypost.outbound.tracking.BodyLinks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Accepts what applications send: may it be sent, and as what; header made; body copied, its line ends mended and its hash taken in
 * the same pass; signed; one durable commit with everything that is owed, its Send event included.
 */
public final class MessageSender implements Sender {

    /** Bytes of a message with its header (contract 4.8). */
    public static final long MOST_BYTES = 40L * 1024 * 1024;

    private static final byte[] CRLF = {'\r', '\n'};
    private static final Set<String> UNSUBSCRIBE = Set.of("list-unsubscribe", "list-unsubscribe-post");

    private final OutboundSettings settings;
    private final Admission admission;
    private final SendingServices.Unsubscribe unsubscribe;
    private final BodyLinks links;
    private final Spool spool;
    private final Consumer<Spool.Committed> accepted;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * @param settings host name and routes
     * @param services whom a message is judged by
     * @param spool where mail is kept
     * @param accepted is handed every accepted mail with its claimed runs, and carries them out or gives them back; returns at once
     * @param random for message ids; safe for many threads
     */
    public MessageSender(
            OutboundSettings settings,
            SendingServices services,
            Spool spool,
            Consumer<Spool.Committed> accepted,
            Clock clock,
            RandomGenerator random) {
        this.settings = settings;
        this.admission = new Admission(services, new Domain(settings.hostname()));
        this.unsubscribe = services.unsubscribe();
        this.links = services.links();
        this.spool = spool;
        this.accepted = accepted;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public MessageId send(SendRequest request) throws SendRefusedException, IOException {
        MessageContent content = request.content();
        if (content.size() > MOST_BYTES) {
            throw new SendRefusedException(Reason.TOO_LARGE, "Message is too long.");
        }
        HeaderBlock block = HeaderBlock.of(content);
        MessageHeader header = MessageHeader.of(block);
        Permit permit = admission.permit(request, header);
        Instant now = clock.instant();
        MessageId id = MessageId.nextSent(now, random);
        Optional<HeaderMaking.Ways> ways =
                permit.list().map(list -> HeaderMaking.ways(list, request, permit, id, unsubscribe));
        try (BodyLinks.Linked linked = links.into(content, id, permit.set(), ways.map(HeaderMaking.Ways::page))) {
            if (linked.draft().isEmpty()) {
                return commit(request, permit, new Message(content, block, header, false), ways, id, now);
            }
            HeaderBlock rewritten = HeaderBlock.of(linked.content());
            return commit(
                    request,
                    permit,
                    new Message(linked.content(), rewritten, MessageHeader.of(rewritten), linked.tracked()),
                    ways,
                    id,
                    now);
        }
    }

    private record Message(MessageContent content, HeaderBlock block, MessageHeader header, boolean tracked) {}

    private MessageId commit(
            SendRequest request,
            Permit permit,
            Message message,
            Optional<HeaderMaking.Ways> ways,
            MessageId id,
            Instant now)
            throws SendRefusedException, IOException {
        MessageContent content = message.content();
        MessageHeader header = message.header();
        String made = HeaderMaking.fields(request, permit, header, id, now, settings.hostname())
                + ways.map(HeaderMaking::unsubscribe).orElse("");
        byte[] head = withLineEnds(header.rewritten(made, permit.list().isPresent() ? UNSUBSCRIBE : Set.of()));
        try (Draft draft = spool.draft(content.size() + made.length())) {
            EicarSearch search = new EicarSearch();
            Copied body = copy(
                    content,
                    message.block(),
                    head,
                    draft,
                    search,
                    !permit.author().signers().isEmpty());
            Spool.Committed committed = spool.commit(
                    new Spool.Acceptance(
                            id,
                            Line.OUTBOUND,
                            now,
                            envelope(permit, header, body),
                            top(permit, head, body, id, now),
                            OutboundRules.plan(permit.recipients(), settings.routes(), permit.isTold()),
                            EicarAttachment.verdicts(search, content),
                            Optional.of(remembered(request, permit, message, now)),
                            Optional.empty()),
                    draft);
            accepted.accept(committed);
            return committed.mail().id();
        }
    }

    private record Copied(byte[] sum, boolean eightBit) {}

    private static Copied copy(
            MessageContent content, HeaderBlock block, byte[] head, Draft draft, EicarSearch search, boolean signed)
            throws SendRefusedException, IOException {
        draft.write(head, 0, head.length);
        draft.write(CRLF, 0, CRLF.length);
        BodySum sum = new BodySum();
        LineEnds lines = new LineEnds((octets, offset, length) -> {
            if (signed) {
                sum.update(octets, offset, length);
            }
            try {
                draft.write(octets, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try (InputStream in = content.open()) {
            in.skipNBytes(block.bytes().length);
            skipEmptyLine(in);
            byte[] buffer = new byte[(int) Math.min(64 * 1024, Math.max(1024, content.size()))];
            int n;
            while ((n = in.read(buffer)) >= 0) {
                search.update(buffer, 0, n);
                lines.update(buffer, 0, n);
            }
            lines.finish();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (lines.sawNul()) {
            throw Refusals.message("The message holds a NUL character.");
        }
        return new Copied(signed ? sum.finish() : new byte[0], lines.sawEightBit());
    }

    // A message may end with its header (RFC 5322 3.5).
    private static void skipEmptyLine(InputStream in) throws IOException, SendRefusedException {
        int first = in.read();
        if (first == '\r') {
            first = in.read();
        }
        if (first >= 0 && first != '\n') {
            throw Refusals.message("The header is longer than " + HeaderBlock.DEFAULT_LIMIT / 1024 + " KB.");
        }
    }

    private static byte[] withLineEnds(byte[] head) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(head.length + 64);
        LineEnds lines = new LineEnds(out::write);
        lines.update(head, 0, head.length);
        lines.finish();
        return out.toByteArray();
    }

    private byte[] top(Permit permit, byte[] head, Copied body, MessageId id, Instant now) {
        ByteArrayOutputStream top = new ByteArrayOutputStream();
        HeaderBlock signed = HeaderBlock.of(head);
        for (SigningKey key : permit.author().signers()) {
            top.writeBytes(Signer.sign(key, signed, body.sum(), now));
        }
        top.writeBytes(HeaderMaking.received(settings.hostname(), id, now).getBytes(StandardCharsets.US_ASCII));
        return top.toByteArray();
    }

    private Envelope envelope(Permit permit, MessageHeader header, Copied body) {
        boolean beyondAscii =
                !isAscii(permit.source()) || permit.recipients().stream().anyMatch(to -> !isAscii(to));
        boolean utf8 = header.isUtf8() || beyondAscii;
        return new Envelope(
                ReversePath.of(permit.source()),
                permit.recipients().stream().map(Recipient::of).toList(),
                Client.local(settings.hostname()),
                body.eightBit() || utf8 ? Envelope.Body.EIGHT_BIT_MIME : Envelope.Body.SEVEN_BIT,
                utf8,
                Optional.empty(),
                Optional.empty());
    }

    private static boolean isAscii(EmailAddress address) {
        return address.localPart().chars().allMatch(c -> c < 0x80);
    }

    private static Sending remembered(SendRequest request, Permit permit, Message message, Instant now) {
        Optional<ConfigurationSet> set = permit.set();
        return new Sending(
                request.scope(),
                permit.shownSource(),
                Optional.of(Delegation.sourceArn(request, permit)),
                request.accessKey(),
                request.sourceIp(),
                request.operation(),
                set.map(ConfigurationSet::name),
                permit.tags(),
                Optional.of(permit.feedbackTo()),
                permit.mailFrom(),
                new Sending.Conditions(
                        set.map(ConfigurationSet::tlsRequired).orElse(false),
                        set.flatMap(ConfigurationSet::pool),
                        set.flatMap(ConfigurationSet::deliverWithin).map(now::plus)),
                permit.tellsHeaders() ? message.header().told() : java.util.List.of(),
                permit.tellsHeaders() && message.header().isLong(),
                permit.list(),
                message.tracked());
    }
}
