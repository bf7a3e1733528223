package io.waypost.api.receiving;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** SES' shape of a receipt rule. What is absent has SES' default: not enabled, TLS optional, not scanned. */
public record ReceiptRule(
        String name,
        @Nullable Boolean enabled,
        @Nullable String tlsPolicy,
        @Nullable List<String> recipients,
        @Nullable List<ReceiptAction> actions,
        @Nullable Boolean scanEnabled) {

    static final String OPTIONAL = "Optional";
    static final String REQUIRE = "Require";

    /** The same rule with everything said, as SES shows it. */
    ReceiptRule whole() {
        return new ReceiptRule(
                name,
                Boolean.TRUE.equals(enabled),
                tlsPolicy == null ? OPTIONAL : tlsPolicy,
                recipients == null ? List.of() : List.copyOf(recipients),
                actions == null
                        ? List.of()
                        : actions.stream().map(ReceiptAction::whole).toList(),
                Boolean.TRUE.equals(scanEnabled));
    }

    List<String> patterns() {
        return recipients == null ? List.of() : recipients;
    }

    List<ReceiptAction> steps() {
        return actions == null ? List.of() : actions;
    }
}
