package io.waypost.api.identity;

import io.waypost.message.Domain;
import io.waypost.message.Scope;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The domains in the server's file: verified for one account, in every region.
 *
 * @param account twelve digits
 */
public record Configured(String account, Set<IdentityName> domains) {

    public Configured {
        domains = Set.copyOf(domains);
    }

    public static Configured of(String account, Collection<Domain> domains) {
        return new Configured(
                account,
                domains.stream().map(domain -> new IdentityName(domain.name())).collect(Collectors.toSet()));
    }

    boolean names(Scope scope, IdentityName name) {
        return scope.account().equals(account) && domains.contains(name);
    }

    Set<IdentityName> domains(Scope scope) {
        return scope.account().equals(account) ? domains : Set.of();
    }
}
