package io.waypost.smtp.checks.signature;

import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of one mail's signatures, each asked for once (RFC 6376 6.1.2). How many questions there may be is the business of the
 * {@link Dns} that is handed in. For one thread at a time.
 */
public final class KeyLookup {

    /**
     * RFC 6376 3.6.2.2 wants one record and leaves undefined what two mean; 6.1.2 allows to try each. Since DNS gives them in any order,
     * trying only the first would be chance.
     */
    private static final int MOST_RECORDS = 4;

    private final Dns dns;
    private final Map<String, KeyAnswer> answers = new HashMap<>();

    public KeyLookup(Dns dns) {
        this.dns = dns;
    }

    KeyAnswer ask(Claim claim) {
        return answers.computeIfAbsent(claim.keyName(), this::ask);
    }

    /** Whether the answer is here already. */
    public boolean knows(Claim claim) {
        return answers.containsKey(claim.keyName());
    }

    private KeyAnswer ask(String name) {
        return switch (dns.texts(name)) {
            case Dns.Found<String> found -> read(found.records());
            case Dns.NoName<String> _ -> new KeyAnswer.None("no key at " + name);
            case Dns.NoRecords<String> _ -> new KeyAnswer.None("no key at " + name);
            case Dns.Unknown<String> unknown -> new KeyAnswer.Unknown(name + ": " + unknown.reason());
        };
    }

    private static KeyAnswer read(List<String> texts) {
        List<KeyRecord> records = new ArrayList<>();
        String fault = "no key record";
        for (String text : texts.subList(0, Math.min(texts.size(), MOST_RECORDS))) {
            try {
                records.add(KeyRecord.of(text));
            } catch (MalformedException e) {
                fault = e.reason();
            }
        }
        return records.isEmpty()
                ? new KeyAnswer.None("the key record cannot be read: " + fault)
                : new KeyAnswer.Keys(records);
    }
}
