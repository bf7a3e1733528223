package io.waypost.rules.match;

import io.waypost.message.EmailAddress;
import io.waypost.rules.Rule;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * From a recipient to the rules that take it, by a few look-ups however many rules there are: the address, the address without its
 * label, the domain, each domain above it, and the rules that take everybody. Immutable.
 */
final class RecipientIndex {

    private final OwnDomains own;
    private final Map<String, int[]> mailboxes;
    private final Map<String, int[]> domains;
    private final Map<String, int[]> below;
    private final int[] everybody;

    RecipientIndex(List<Rule> rules, OwnDomains own) {
        this.own = own;
        Builder boxes = new Builder();
        Builder domainRules = new Builder();
        Builder belowRules = new Builder();
        Builder all = new Builder();
        for (int ordinal = 0; ordinal < rules.size(); ordinal++) {
            Rule rule = rules.get(ordinal);
            if (!rule.enabled()) {
                continue;
            }
            if (rule.recipients().isEmpty()) {
                all.add("", ordinal);
            }
            for (RecipientPattern pattern : rule.recipients()) {
                switch (pattern) {
                    case RecipientPattern.Mailbox box -> boxes.add(AddressKey.mailbox(box.address()), ordinal);
                    case RecipientPattern.Of of -> domainRules.add(AddressKey.domain(of.domain()), ordinal);
                    case RecipientPattern.Below sub -> belowRules.add(AddressKey.domain(sub.domain()), ordinal);
                }
            }
        }
        this.mailboxes = boxes.finish();
        this.domains = domainRules.finish();
        this.below = belowRules.finish();
        this.everybody = all.finish().getOrDefault("", new int[0]);
    }

    /** The enabled rules that take one of the recipients, in order. */
    Candidates candidates(List<EmailAddress> recipients) {
        if (recipients.size() == 1) {
            BitSet one = new BitSet(1);
            one.set(0);
            Candidates candidates = new Candidates();
            forEachList(recipients.getFirst(), list -> candidates.add(list, one));
            return candidates;
        }
        // Recipients of one domain share its list: it is walked once, not once for each.
        IdentityHashMap<int[], BitSet> lists = new IdentityHashMap<>();
        for (int i = 0; i < recipients.size(); i++) {
            int index = i;
            forEachList(recipients.get(i), list -> lists.computeIfAbsent(list, l -> new BitSet(recipients.size()))
                    .set(index));
        }
        Candidates candidates = new Candidates();
        lists.forEach(candidates::add);
        return candidates;
    }

    private void forEachList(EmailAddress recipient, Consumer<int[]> action) {
        String domain = AddressKey.domain(recipient.domain());
        if (!own.coverKey(domain)) {
            return;
        }
        String local = AddressKey.localPart(recipient);
        offer(mailboxes.get(AddressKey.mailbox(local, domain)), action);
        int plus = AddressKey.plus(local);
        if (plus > 0) {
            offer(mailboxes.get(AddressKey.mailbox(local.substring(0, plus), domain)), action);
        }
        offer(domains.get(domain), action);
        if (!below.isEmpty()) {
            for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
                offer(below.get(domain.substring(dot + 1)), action);
            }
        }
        offer(everybody, action);
    }

    private static void offer(int @Nullable [] list, Consumer<int[]> action) {
        if (list != null && list.length > 0) {
            action.accept(list);
        }
    }

    private static final class Builder {
        private final Map<String, List<Integer>> lists = new HashMap<>();

        void add(String key, int ordinal) {
            List<Integer> list = lists.computeIfAbsent(key, k -> new ArrayList<>(1));
            // Ordinals come in ascending order; a rule may name the same address twice.
            if (list.isEmpty() || list.getLast() != ordinal) {
                list.add(ordinal);
            }
        }

        Map<String, int[]> finish() {
            Map<String, int[]> finished = HashMap.newHashMap(lists.size());
            lists.forEach((key, list) ->
                    finished.put(key, list.stream().mapToInt(Integer::intValue).toArray()));
            return finished;
        }
    }
}
