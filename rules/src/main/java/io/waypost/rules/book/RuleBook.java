package io.waypost.rules.book;

import io.waypost.config.text.Problems;
import io.waypost.message.Client;
import io.waypost.message.Decision;
import io.waypost.message.EmailAddress;
import io.waypost.message.Envelope;
import io.waypost.message.MessageContent;
import io.waypost.message.Reply;
import io.waypost.message.ReversePath;
import io.waypost.message.RuleSetVersion;
import io.waypost.message.Verdicts;
import io.waypost.message.port.RuleSetArchive;
import io.waypost.rules.RuleSet;
import io.waypost.rules.RuleSets;
import io.waypost.rules.file.Ownership;
import io.waypost.rules.file.RuleFile;
import io.waypost.rules.file.RuleFileReader;
import io.waypost.rules.file.RuleFiles;
import io.waypost.rules.match.CompiledRuleSet;
import io.waypost.rules.match.OwnDomains;
import io.waypost.rules.match.Refusals;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Answers every session with the active rule set, and finds older versions for mail accepted under them.
 *
 * <p>Safe for all threads. Each answer is given by one version from beginning to end: a swap in between changes later answers only.
 * A version is in the archive before the first mail can be accepted under it.
 */
public final class RuleBook implements RuleSets, RuleFiles.Target {

    private final RuleSetArchive archive;
    private final RuleFileReader reader;
    private final OwnDomains own;
    private final boolean record;
    private final Clock clock;
    private final AtomicReference<@Nullable CompiledRuleSet> active = new AtomicReference<>();
    private final RecentVersions recent = new RecentVersions();

    /**
     * @param archive where every text that becomes active is kept
     * @param reader reads archived texts; its domains are the server's
     * @param record nothing is refused for what checks found
     * @param clock dates what is published
     */
    public RuleBook(RuleSetArchive archive, RuleFileReader reader, boolean record, Clock clock) {
        this.archive = archive;
        this.reader = reader;
        this.own = reader.ownDomains();
        this.record = record;
        this.clock = clock;
    }

    /**
     * Makes a rule set the active one. When this returns, the text is durable and the next command of every session is answered by
     * it.
     *
     * @throws IOException when the archive cannot take it; the rule set active before stays active
     */
    @Override
    public synchronized RuleSetVersion publish(RuleFile file) throws IOException {
        RuleSetVersion version = archive.publish(file.name(), file.text(), clock.instant());
        RuleSet ruleSet = file.as(version);
        CompiledRuleSet compiled = CompiledRuleSet.of(ruleSet, own);
        recent.put(ruleSet);
        active.set(record ? compiled.recording() : compiled);
        return version;
    }

    /** Makes no rule set active: receiving is off. */
    @Override
    public synchronized void deactivate() {
        active.set(null);
    }

    /** The active rule set. */
    public Optional<CompiledRuleSet> active() {
        return Optional.ofNullable(active.get());
    }

    /** Answers RCPT; empty takes the recipient. */
    public Optional<Reply> refusal(ReversePath from, EmailAddress recipient, Client client) {
        if (!own.cover(recipient.domain())) {
            return Optional.of(Refusals.RELAYING_DENIED);
        }
        CompiledRuleSet rules = active.get();
        return rules == null ? Optional.of(Refusals.RECEIVING_OFF) : rules.refusal(from, recipient, client);
    }

    /**
     * Answers the end of data.
     *
     * @throws IOException when the message's header cannot be read back; the peer hears a transient reply
     */
    public Decision decide(Envelope envelope, Verdicts verdicts, MessageContent content) throws IOException {
        CompiledRuleSet rules = active.get();
        return rules == null
                ? new Decision.Refuse(Refusals.RECEIVING_OFF, "")
                : rules.decide(envelope, verdicts, content);
    }

    /** Whether a rule that names one of the recipients wants the mail scanned for spam and viruses. */
    public boolean wantsScan(Envelope envelope) {
        CompiledRuleSet rules = active.get();
        return rules != null && rules.wantsScan(envelope);
    }

    @Override
    public RuleSet find(RuleSetVersion version) throws IOException {
        CompiledRuleSet rules = active.get();
        if (rules != null && rules.version().equals(version)) {
            return rules.ruleSet();
        }
        Optional<RuleSet> known = recent.find(version);
        return known.isPresent() ? known.get() : fromArchive(version);
    }

    private RuleSet fromArchive(RuleSetVersion version) throws IOException {
        String text = archive.text(version)
                .orElseThrow(() -> new IOException("the rule set " + version + " is not in the archive"));
        Problems problems = new Problems();
        RuleSet ruleSet = reader.read(version.toString(), text, Ownership.NOT_ASKED, problems)
                .map(file -> file.as(version))
                .orElseThrow(() -> new IOException("the rule set " + version
                        + ", under which mail was accepted, cannot be read any more: " + problems));
        recent.put(ruleSet);
        return ruleSet;
    }
}
