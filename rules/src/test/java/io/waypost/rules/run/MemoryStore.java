package io.waypost.rules.run;

import io.waypost.message.Attempt;
import io.waypost.message.EffectKey;
import io.waypost.message.Mail;
import io.waypost.message.MessageContent;
import io.waypost.message.MessageId;
import io.waypost.message.Plan;
import io.waypost.message.Run;
import io.waypost.message.RunKey;
import io.waypost.message.RunState;
import io.waypost.message.port.Draft;
import io.waypost.message.port.Ledger;
import io.waypost.message.port.Spool;
import io.waypost.message.port.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A spool and ledger in memory, with the claims of a real one and a switch that makes its writes fail. */
final class MemoryStore implements Spool, Ledger {

    private final Map<MessageId, Mail> mails = new LinkedHashMap<>();
    private final Map<MessageId, byte[]> contents = new HashMap<>();
    private final Map<RunKey, RunState> states = new LinkedHashMap<>();
    private final Map<RunKey, byte[]> revisions = new HashMap<>();
    private final Map<RunKey, Integer> revisedBy = new HashMap<>();
    private final Set<RunKey> claimed = new HashSet<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private boolean failing;
    private int refusals;

    synchronized void fail(boolean on) {
        failing = on;
    }

    /** How often it took nothing. */
    synchronized int refusals() {
        return refusals;
    }

    /** What a restart does: the claims are gone, the rows are not. */
    synchronized void forgetClaims() {
        claimed.clear();
    }

    /** What an operator does to a run that nobody has in hand; false when somebody has. */
    synchronized boolean drop(RunKey key) {
        if (claimed.contains(key) || !(states.get(key) instanceof RunState.Ready ready)) {
            return false;
        }
        states.put(
                key,
                new RunState.Ready(
                        ready.action(), ready.attempts(), ready.since(), ready.since(), RunState.Ready.NOWHERE));
        return true;
    }

    synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    synchronized RunState state(RunKey key) {
        return states.get(key);
    }

    synchronized boolean allDone() {
        return states.values().stream().allMatch(RunState.Done.class::isInstance);
    }

    @Override
    public Draft draft(long expectedBytes) {
        return new MemoryDraft();
    }

    @Override
    public synchronized Committed commit(Acceptance acceptance, Draft draft) throws IOException {
        byte[] body = ((MemoryDraft) draft).bytes.toByteArray();
        byte[] all = new byte[acceptance.traceFields().length + body.length];
        System.arraycopy(acceptance.traceFields(), 0, all, 0, acceptance.traceFields().length);
        System.arraycopy(body, 0, all, acceptance.traceFields().length, body.length);
        Mail mail = new Mail(
                acceptance.id(),
                acceptance.line(),
                acceptance.at(),
                acceptance.envelope(),
                all.length,
                acceptance.plan());
        mails.put(mail.id(), mail);
        contents.put(mail.id(), all);
        List<Run> ready = new ArrayList<>();
        for (int i = 0; i < mail.plan().runs().size(); i++) {
            Plan.PlannedRun planned = mail.plan().runs().get(i);
            RunKey key = new RunKey(mail.id(), i);
            if (planned.waitsFor().isPresent()) {
                states.put(key, new RunState.Waiting(planned.waitsFor().getAsInt()));
            } else {
                RunState.Ready state =
                        new RunState.Ready(0, 0, acceptance.at(), acceptance.at(), planned.destination());
                states.put(key, state);
                claimed.add(key);
                ready.add(new Run(mail, i, state, OptionalInt.empty()));
            }
        }
        return new Committed(mail, ready);
    }

    @Override
    public synchronized MessageContent content(MessageId id) throws IOException {
        byte[] bytes = contents.get(id);
        if (bytes == null) {
            throw new IOException("no content of " + id);
        }
        return MessageContent.of(bytes);
    }

    @Override
    public synchronized Optional<MessageContent> revision(RunKey run) {
        return Optional.ofNullable(revisions.get(run)).map(MessageContent::of);
    }

    @Override
    public synchronized List<Run> claim(Instant now, int limit, Set<String> except) {
        List<Run> due = new ArrayList<>();
        states.forEach((key, state) -> {
            if (state instanceof RunState.Ready ready
                    && !claimed.contains(key)
                    && !ready.at().isAfter(now)
                    && !except.contains(ready.destination())) {
                Integer by = revisedBy.get(key);
                due.add(new Run(
                        mails.get(key.message()),
                        key.index(),
                        ready,
                        by == null ? OptionalInt.empty() : OptionalInt.of(by)));
            }
        });
        due.sort(Comparator.comparing(run -> run.state().at()));
        List<Run> taken = due.subList(0, Math.min(limit, due.size()));
        taken.forEach(run -> claimed.add(run.key()));
        return List.copyOf(taken);
    }

    @Override
    public synchronized void giveBack(Collection<RunKey> runs) {
        claimed.removeAll(runs);
    }

    @Override
    public synchronized CompletableFuture<Boolean> record(Entry entry) {
        if (failing) {
            refusals++;
            return CompletableFuture.failedFuture(new StoreUnavailableException(true, "disk full"));
        }
        entry.attempt().ifPresent(attempts::add);
        entry.states().forEach((key, state) -> {
            states.put(key, state);
            if (!entry.keepClaim().equals(Optional.of(key))) {
                claimed.remove(key);
            }
        });
        entry.revision().ifPresent(revision -> {
            revisions.put(revision.run(), ((MemoryDraft) revision.draft()).bytes.toByteArray());
            revisedBy.put(revision.run(), entry.attempt().orElseThrow().effect().action());
        });
        MessageId mail = entry.states().keySet().iterator().next().message();
        boolean settled = states.entrySet().stream()
                .filter(e -> e.getKey().message().equals(mail))
                .allMatch(e -> e.getValue() instanceof RunState.Done);
        if (settled) {
            contents.remove(mail);
        }
        return CompletableFuture.completedFuture(settled);
    }

    @Override
    public synchronized List<RunState> states(MessageId id) {
        return states.entrySet().stream()
                .filter(e -> e.getKey().message().equals(id))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public synchronized Optional<Story> story(MessageId id) {
        return Optional.ofNullable(mails.get(id))
                .map(mail -> new Story(
                        mail,
                        states(id),
                        attempts.stream()
                                .filter(a -> a.effect().message().equals(id))
                                .toList(),
                        Optional.empty()));
    }

    @Override
    public List<DeadEffect> dead(int limit, Optional<EffectKey> after) {
        return List.of();
    }

    @Override
    public synchronized boolean replay(EffectKey key, Instant now, String destination) {
        for (Map.Entry<RunKey, RunState> e : states.entrySet()) {
            if (e.getKey().message().equals(key.message())
                    && e.getValue() instanceof RunState.Dead dead
                    && dead.action() == key.action()) {
                e.setValue(new RunState.Ready(dead.action(), dead.attempts(), now, now, destination));
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean drop(EffectKey key, Instant now) {
        return false;
    }

    @Override
    public int forgetSettledBefore(Instant moment, Instant withLinks) {
        return 0;
    }

    @Override
    public Figures figures(Instant now) {
        return new Figures(0, 0, Duration.ZERO, 0);
    }

    private static final class MemoryDraft implements Draft {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes.toByteArray());
        }

        @Override
        public void close() {}
    }
}
