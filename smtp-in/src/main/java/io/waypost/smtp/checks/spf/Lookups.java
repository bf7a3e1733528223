package io.waypost.smtp.checks.spf;

import io.waypost.message.port.Dns;
import java.util.List;
import java.util.function.Function;

/** Everything that one check asks DNS, with the limits of RFC 7208 4.6.4. Of one thread. */
final class Lookups {

    static final int TERMS = 10;
    static final int VOID_TERMS = 2;

    private final Dns dns;
    private int terms;
    private int voidTerms;
    private boolean termIsVoid;

    Lookups(Dns dns) {
        this.dns = dns;
    }

    /** A term that asks DNS is evaluated now. */
    void beginTerm() throws SpfError {
        if (++terms > TERMS) {
            throw SpfError.permanent("more than " + TERMS + " terms that ask DNS");
        }
        termIsVoid = false;
    }

    /** The records for the term in hand; none where the name has none. Nothing known about the name is a temporary error. */
    <T> List<T> ofTerm(String type, String name, Function<String, Dns.Answer<T>> question) throws SpfError {
        if (!DomainName.canExist(name)) {
            return List.of();
        }
        Dns.Answer<T> answer = ask(name, question);
        if (isVoid(answer)) {
            countVoid();
        }
        return known(type, name, answer);
    }

    /** The same for a domain's policy, whose absence has a meaning of its own and is not counted. */
    List<String> policies(String domain) throws SpfError {
        return known("TXT", domain, ask(domain, dns::texts));
    }

    /** Any other question. */
    <K, T> Dns.Answer<T> ask(K about, Function<K, Dns.Answer<T>> question) throws SpfError {
        if (Thread.currentThread().isInterrupted()) {
            // The caller's deadline has passed; the flag stays set for him.
            throw SpfError.temporary("no time left");
        }
        return question.apply(about);
    }

    /** The term in hand got no answer; RFC 7208 4.6.4 counts such terms, not their questions. */
    void countVoid() throws SpfError {
        if (!termIsVoid && ++voidTerms > VOID_TERMS) {
            throw SpfError.permanent("more than " + VOID_TERMS + " terms that find nothing in DNS");
        }
        termIsVoid = true;
    }

    static boolean isVoid(Dns.Answer<?> answer) {
        return answer instanceof Dns.NoName || answer instanceof Dns.NoRecords;
    }

    private static <T> List<T> known(String type, String name, Dns.Answer<T> answer) throws SpfError {
        if (answer instanceof Dns.Unknown<T>(String reason)) {
            throw SpfError.temporary(type + " of " + SafeText.quotation(name) + ": " + reason);
        }
        return answer.records();
    }
}
