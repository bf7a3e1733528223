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
import io.waypost.message.Scope;
import io.waypost.message.Verdicts;
import io.waypost.message.port.RuleSetArchive;
import io.waypost.rules.RuleSet;
import io.waypost.rules.RuleSets;
import io.waypost.rules.file.Ownership;
import io.waypost.rules.file.RuleFile;
import io.waypost.rules.file.RuleFileReader;
import io.waypost.rules.file.RuleFiles;
import io.waypost.rules.match.ClientFilter;
import io.waypost.rules.match.CompiledRuleSet;
import io.waypost.rules.match.InForce;
import io.waypost.rules.match.OwnDomains;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Answers every session with the active rule sets, and finds older versions for mail accepted under them.
 *
 * <p>Each account and region has at most one active rule set: the one chosen through its API. The files' belongs to one of them,
 * called home here, and goes before what was chosen there.
 *
 * <p>Safe for all threads. Each answer is given by one state from beginning to end: a swap in between changes later answers only.
 * A version is in the archive before the first mail can be accepted under it.
 */
public final class RuleBook implements RuleSets, RuleFiles.Target {

    /** Old versions of each name that stay readable for people. */
    private static final int KEPT = 20;

    private static final OwnDomains NONE = new OwnDomains(List.of());

    private final RuleSetArchive archive;
    private final RuleFileReader reader;
    private final Scope home;
    private final boolean record;
    private final Clock clock;

    // Guarded by this.
    private final Map<Scope, OwnDomains> domains = new HashMap<>();
    private final Map<Scope, CompiledRuleSet> chosen =
            new TreeMap<>(Comparator.comparing(Scope::account).thenComparing(Scope::region));
    private final Map<Scope, ClientFilter> filters = new HashMap<>();
    private @Nullable CompiledRuleSet files;

    private final AtomicReference<InForce> inForce;
    private final RecentVersions recent = new RecentVersions();

    /**
     * @param archive where every text that becomes active is kept
     * @param reader reads archived texts; its domains are those of the server's file, which home receives for
     * @param home whose rule sets the files' are
     * @param record nothing is refused for what checks found
     * @param clock dates what is published
     */
    public RuleBook(RuleSetArchive archive, RuleFileReader reader, Scope home, boolean record, Clock clock) {
        this.archive = archive;
        this.reader = reader;
        this.home = home;
        this.record = record;
        this.clock = clock;
        this.domains.put(home, reader.ownDomains());
        this.inForce = new AtomicReference<>(new InForce(List.of(), reader.ownDomains()));
    }

    /**
     * Makes a file's rule set home's active one. When this returns, the text is durable and the next command of every session is
     * answered by it.
     *
     * @throws IOException when the archive cannot take it; the rule set active before stays active
     */
    @Override
    public synchronized RuleSetVersion publish(RuleFile file) throws IOException {
        CompiledRuleSet compiled = compiled(home, file);
        files = compiled;
        swap();
        return compiled.version();
    }

    /** No file's rule set is active. */
    @Override
    public synchronized void deactivate() {
        files = null;
        swap();
    }

    /**
     * Makes a rule set the active one of an account and region, as {@link #publish} does for the files'.
     *
     * @throws IOException when the archive cannot take it; the rule set active before stays active
     */
    public synchronized RuleSetVersion choose(Scope scope, RuleFile text) throws IOException {
        CompiledRuleSet compiled = compiled(scope, text);
        chosen.put(scope, compiled);
        swap();
        return compiled.version();
    }

    /** Nothing is chosen any more: receiving is off there, but for what a file says. */
    public synchronized void chooseNone(Scope scope) {
        chosen.remove(scope);
        swap();
    }

    /** The domains that an account receives for in a region, from now on. */
    public synchronized void receiveFor(Scope scope, OwnDomains own) {
        domains.put(scope, own);
        chosen.computeIfPresent(scope, (_, set) -> compiled(scope, set.ruleSet()));
        if (scope.equals(home) && files != null) {
            files = compiled(home, files.ruleSet());
        }
        swap();
    }

    /** The domains that an account receives for in a region. */
    public synchronized OwnDomains ownDomains(Scope scope) {
        return domains.getOrDefault(scope, NONE);
    }

    /** Whose mail an account takes in a region at all, from now on. */
    public synchronized void filter(Scope scope, ClientFilter filter) {
        filters.put(scope, filter);
        swap();
    }

    /**
     * Forgets old versions that no mail is owed under, but for the newest {@value #KEPT} of each name. Rule sets cannot be changed
     * meanwhile; sessions do not wait.
     *
     * @return how many were forgotten
     */
    public synchronized int forgetOldVersions() throws IOException {
        Set<RuleSetVersion> active = new HashSet<>();
        chosen.values().forEach(set -> active.add(set.version()));
        if (files != null) {
            active.add(files.version());
        }
        return archive.forget(KEPT, active);
    }

    private CompiledRuleSet compiled(Scope scope, RuleFile file) throws IOException {
        RuleSetVersion version = archive.publish(file.name(), file.text(), clock.instant());
        RuleSet ruleSet = file.as(version);
        recent.put(ruleSet);
        return compiled(scope, ruleSet);
    }

    private CompiledRuleSet compiled(Scope scope, RuleSet ruleSet) {
        CompiledRuleSet compiled = CompiledRuleSet.of(ruleSet, domains.getOrDefault(scope, NONE));
        return record ? compiled.recording() : compiled;
    }

    private void swap() {
        List<InForce.Receiver> receivers = new ArrayList<>();
        if (files != null) {
            receivers.add(receiver(home, files));
        }
        chosen.forEach((scope, set) -> {
            if (files == null || !scope.equals(home)) {
                receivers.add(receiver(scope, set));
            }
        });
        inForce.set(new InForce(receivers, OwnDomains.union(domains.values())));
    }

    private InForce.Receiver receiver(Scope scope, CompiledRuleSet rules) {
        return new InForce.Receiver(rules, filters.getOrDefault(scope, ClientFilter.NONE));
    }

    /** The active rule sets of all accounts. */
    public InForce inForce() {
        return inForce.get();
    }

    /** The first active rule set: home's, mostly the only one. */
    public Optional<CompiledRuleSet> active() {
        return inForce.get().receivers().stream().findFirst().map(InForce.Receiver::rules);
    }

    /** Answers RCPT; empty takes the recipient. */
    public Optional<Reply> refusal(ReversePath from, EmailAddress recipient, Client client) {
        return inForce.get().refusal(from, recipient, client);
    }

    /**
     * Answers the end of data.
     *
     * @throws IOException when the message's header cannot be read back; the peer hears a transient reply
     */
    public Decision decide(Envelope envelope, Verdicts verdicts, MessageContent content) throws IOException {
        return inForce.get().decide(envelope, verdicts, content);
    }

    /** Whether a rule that names one of the recipients wants the mail scanned for spam and viruses. */
    public boolean wantsScan(Envelope envelope) {
        return inForce.get().wantsScan(envelope);
    }

    @Override
    public RuleSet find(RuleSetVersion version) throws IOException {
        for (InForce.Receiver receiver : inForce.get().receivers()) {
            if (receiver.rules().version().equals(version)) {
                return receiver.rules().ruleSet();
            }
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
