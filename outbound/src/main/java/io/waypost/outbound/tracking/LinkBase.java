package io.waypost.outbound.tracking;

import io.waypost.outbound.port.ConfigurationSet.HttpsPolicy;
import io.waypost.outbound.port.ConfigurationSet.Redirect;
import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** What tracked links begin with: scheme and host, without a slash at the end. */
final class LinkBase {

    private final String ours;
    private final Optional<Redirect> custom;

    /**
     * @param ours where the world reaches the HTTP port
     * @param custom the configuration set's own domain; a TLS proxy or plain HTTP at its standard ports leads here
     */
    LinkBase(URI ours, Optional<Redirect> custom) {
        String text = ours.toString();
        this.ours = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        this.custom = custom;
    }

    /** Https, unless the policy leaves it open. */
    String ofPicture() {
        return custom.map(redirect ->
                        (redirect.policy() == HttpsPolicy.OPTIONAL ? "http://" : "https://") + host(redirect))
                .orElse(ours);
    }

    /** The scheme of the link itself, unless the policy demands https. */
    String ofLink(URI target) {
        return custom.map(redirect -> (redirect.policy() == HttpsPolicy.REQUIRE
                                ? "https://"
                                : target.getScheme().toLowerCase(Locale.ROOT) + "://")
                        + host(redirect))
                .orElse(ours);
    }

    private static String host(Redirect redirect) {
        return IDN.toASCII(redirect.domain().name());
    }
}
