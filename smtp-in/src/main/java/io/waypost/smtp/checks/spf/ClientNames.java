package io.waypost.smtp.checks.spf;

import io.waypost.message.port.Dns;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of the client, for the {@code ptr} mechanism and the {@code p} macro (RFC 7208 5.5, 7.3). A name counts only when it has
 * the client's address, too. Each question is asked once, and only when somebody needs its answer.
 */
final class ClientNames {

    // RFC 7208 4.6.4: names beyond these are ignored.
    private static final int MOST = 10;

    private final InetAddress client;
    private final Dns dns;
    private final Lookups lookups;
    private final Map<String, Boolean> validated = new HashMap<>();
    private Dns.@Nullable Answer<String> pointers;

    ClientNames(InetAddress client, Dns dns, Lookups lookups) {
        this.client = client;
        this.dns = dns;
        this.lookups = lookups;
    }

    /** Whether DNS says that there are none. */
    boolean areVoid() throws SpfError {
        return Lookups.isVoid(pointers());
    }

    /** Whether a validated name is the domain or lies below it. */
    boolean areWithin(String domain) throws SpfError {
        String parent = domain.toLowerCase(Locale.ROOT);
        for (String name : names()) {
            if (DomainName.isWithin(name, parent) && isValidated(name)) {
                return true;
            }
        }
        return false;
    }

    /** The validated name that is the domain, else one below it, else any (7.3). */
    String nearest(String domain) throws SpfError {
        String parent = domain.toLowerCase(Locale.ROOT);
        List<String> nearestFirst = names().stream()
                .sorted(Comparator.comparing((String name) -> !name.equals(parent))
                        .thenComparing(name -> !DomainName.isWithin(name, parent)))
                .toList();
        for (String name : nearestFirst) {
            if (isValidated(name)) {
                return name;
            }
        }
        return "unknown";
    }

    private List<String> names() throws SpfError {
        return pointers().records().stream()
                .limit(MOST)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(DomainName::canExist)
                .toList();
    }

    private Dns.Answer<String> pointers() throws SpfError {
        Dns.Answer<String> answer = pointers;
        if (answer == null) {
            answer = lookups.ask(client, dns::names);
            pointers = answer;
        }
        return answer;
    }

    /** No answer means no, here: what is wrong with the client's names is not the domain's fault (5.5). */
    private boolean isValidated(String name) throws SpfError {
        Boolean known = validated.get(name);
        if (known == null) {
            known = lookups.ask(name, asked -> dns.addresses(asked, Families.of(client)))
                    .records()
                    .contains(client);
            validated.put(name, known);
        }
        return known;
    }
}
