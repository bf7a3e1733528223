package io.waypost.api.sending;

import com.fasterxml.jackson.databind.JsonNode;
import io.waypost.api.FrontCalls;
import io.waypost.api.MemorySettings;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.WireResponse;
import io.waypost.api.sending.account.Accounts;
import io.waypost.config.SesSettings;
import io.waypost.message.MessageId;
import io.waypost.message.Scope;
import io.waypost.message.mime.MailReader;
import io.waypost.message.mime.ParseLimits;
import io.waypost.message.mime.ParsedMail;
import io.waypost.message.mime.TypeDetector;
import io.waypost.message.sending.MailEvent;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRequest;
import io.waypost.message.sending.Sender;
import io.waypost.message.sending.SesMessageId;
import io.waypost.outbound.account.CountedQuota;
import io.waypost.outbound.account.CountedStatistics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The sending operations behind a front, with a sender that takes everything or refuses what it is told to. */
final class Sendings implements Sender {

    static final Scope HOME = new Scope("123456789012", "us-east-1");
    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    /** All ids of mail that is sent here. */
    static final String ID = "010001a21293b600-01020304-0506-0708-090a-0b0c0d0e0f10-000000";

    final MemorySettings settings;
    final List<SendRequest> sent = new ArrayList<>();
    final List<MailEvent> told = new ArrayList<>();
    final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    final CountedQuota quota;
    final CountedStatistics statistics;
    final Accounts accounts;
    final Operations operations;
    final SendingFamily family;
    final FrontCalls calls;

    /** What the sender says to a recipient of this local part; nothing where it takes it. */
    final Map<String, SendRefusedException> refusals = new HashMap<>();

    boolean broken;

    Sendings() throws IOException {
        this(new MemorySettings());
    }

    /** After a restart: the same settings. */
    Sendings(MemorySettings settings) throws IOException {
        this.settings = settings;
        this.accounts = new Accounts(
                settings,
                new SesSettings(
                        List.of("us-east-1"), SesSettings.Verify.DNS, true, new SesSettings.Quota(5000, 14), false),
                clock);
        this.quota = new CountedQuota(accounts, settings, clock);
        this.statistics = new CountedStatistics(settings, clock);
        this.family = new SendingFamily(
                this, settings, told::add, accounts, quota, statistics, "mx.example.net", clock, new Random(1));
        this.operations = new Operations.Builder().add(family).build();
        this.calls = new FrontCalls(operations, HOME);
    }

    @Override
    public MessageId send(SendRequest request) throws SendRefusedException, IOException {
        if (broken) {
            throw new IOException("the disk is full");
        }
        for (var to : request.destinations()) {
            SendRefusedException refusal = refusals.get(to.localPart());
            if (refusal != null) {
                throw refusal;
            }
        }
        sent.add(request);
        return SesMessageId.parse(ID).orElseThrow();
    }

    SendRequest last() {
        return sent.getLast();
    }

    String lastContent() throws IOException {
        try (var in = last().content().open()) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    ParsedMail lastMail() throws IOException {
        return new MailReader(ParseLimits.DEFAULT, TypeDetector.NONE)
                .read(last().content().open());
    }

    WireResponse query(String action, String... parameters) {
        return calls.query(action, parameters);
    }

    WireResponse rest(String method, String path, @Nullable String json) {
        return calls.rest(method, path, json);
    }

    static String text(WireResponse response) {
        return FrontCalls.text(response);
    }

    static String refusal(WireResponse response) throws IOException {
        return FrontCalls.refusal(response);
    }

    static JsonNode json(WireResponse response) throws IOException {
        return FrontCalls.json(response);
    }
}
