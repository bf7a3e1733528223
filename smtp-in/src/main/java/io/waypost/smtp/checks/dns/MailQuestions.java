package io.waypost.smtp.checks.dns;

import io.waypost.message.port.Dns;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What one mail may ask: a bound for each check, {@value #MOST} questions in all for the worst that a sender can write. What the mail
 * has asked before costs nothing again. Safe for the threads of its checks.
 */
public final class MailQuestions {

    /** The sum of all shares. */
    public static final int MOST = 140;

    /** Each check's part, so that none can use up another's. */
    public enum Share {
        /** RFC 7208 4.6.4 allows 10 terms, each of up to 10 names in the worst case; mail that needs that many is no honest mail. */
        SPF(80),
        DKIM(10),
        DMARC(20),
        ARC(20),
        CLIENT(10);

        private final int questions;

        Share(int questions) {
            this.questions = questions;
        }
    }

    private final Dns dns;
    private final Map<String, Dns.Answer<?>> asked = new ConcurrentHashMap<>();

    public MailQuestions(Dns dns) {
        this.dns = dns;
    }

    /** DNS for one check of this mail. When its share is used up every answer is unknown. */
    public Dns of(Share share) {
        return new Limited(share);
    }

    private final class Limited implements Dns {
        private final Share share;
        private final AtomicInteger left;

        Limited(Share share) {
            this.share = share;
            this.left = new AtomicInteger(share.questions);
        }

        @Override
        public Answer<InetAddress> addresses(String name, Family family) {
            return once(family + " " + name, () -> dns.addresses(name, family));
        }

        @Override
        public Answer<Exchanger> exchangers(String name) {
            return once("MX " + name, () -> dns.exchangers(name));
        }

        @Override
        public Answer<String> texts(String name) {
            return once("TXT " + name, () -> dns.texts(name));
        }

        @Override
        public Answer<String> names(InetAddress address) {
            return once("PTR " + address.getHostAddress(), () -> dns.names(address));
        }

        @Override
        public Answer<String> alias(String name) {
            return once("CNAME " + name, () -> dns.alias(name));
        }

        @Override
        public Answer<Tlsa> certificates(String name) {
            return once("TLSA " + name, () -> dns.certificates(name));
        }

        // The key names the type, so what is found under it has the type that is asked for.
        @SuppressWarnings("unchecked")
        private <T> Answer<T> once(String question, Supplier<Answer<T>> ask) {
            Answer<?> known = asked.get(question);
            if (known != null) {
                return (Answer<T>) known;
            }
            if (left.getAndDecrement() <= 0) {
                left.set(0);
                return new Unknown<>("a mail's " + share.questions + " questions for " + share + " are used up");
            }
            Answer<T> answer = ask.get();
            asked.put(question, answer);
            return answer;
        }
    }
}
