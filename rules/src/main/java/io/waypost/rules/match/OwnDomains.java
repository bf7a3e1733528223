package io.waypost.rules.match;

import io.waypost.message.Domain;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The domains this server is MX for. A domain covers its subdomains, as a verified identity does in SES; mail for any other
 * domain is somebody else's and is never accepted.
 */
public final class OwnDomains {

    private final List<String> names;
    private final Set<String> keys;

    public OwnDomains(Collection<Domain> domains) {
        this.names = domains.stream().map(Domain::name).toList();
        this.keys = domains.stream().map(AddressKey::domain).collect(Collectors.toUnmodifiableSet());
    }

    /** All of these together. */
    public static OwnDomains union(Collection<OwnDomains> parts) {
        return new OwnDomains(parts.stream()
                .flatMap(part -> part.names.stream())
                .distinct()
                .map(Domain::new)
                .toList());
    }

    /** Whether the domain is one of them or lies below one. */
    public boolean cover(Domain domain) {
        return coverKey(AddressKey.domain(domain));
    }

    /** As configured, for messages. */
    public List<String> names() {
        return names;
    }

    boolean coverKey(String key) {
        if (keys.contains(key)) {
            return true;
        }
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
            if (keys.contains(key.substring(dot + 1))) {
                return true;
            }
        }
        return false;
    }
}
