package io.waypost.smtp.checks.spf;

import io.waypost.message.port.Dns;
import java.util.List;
import java.util.Optional;

/** Fetches what a domain wants those to read who fail (RFC 7208 6.2). Whatever is wrong with it, there just is none. */
final class Explanations {

    private final Dns dns;
    private final Lookups lookups;
    private final MacroExpander macros;

    Explanations(Dns dns, Lookups lookups, MacroExpander macros) {
        this.dns = dns;
        this.lookups = lookups;
        this.macros = macros;
    }

    /**
     * Asks once, outside the limits of terms.
     *
     * @param domain whose record has the modifier
     */
    Optional<String> of(MacroString spec, String domain) {
        try {
            String name = macros.domain(spec, domain);
            if (!DomainName.canExist(name)) {
                return Optional.empty();
            }
            List<String> texts = lookups.ask(name, dns::texts).records();
            if (texts.size() != 1) {
                return Optional.empty();
            }
            MacroString text = MacroParser.parse(texts.getFirst(), MacroParser.Place.EXPLANATION);
            return Optional.of(macros.explanation(text, domain)).filter(all -> !all.isBlank());
        } catch (SpfError e) {
            return Optional.empty();
        }
    }
}
