package io.waypost.outbound.exchange;

import java.util.List;
import java.util.Locale;

/**
 * Whose hosts take the mail of very many domains: they judge a sender by all of it, so figures are kept by them and never by domain. A
 * label for figures only: whoever names such a host in his MX records delivers there.
 */
public enum Receiver {
    GOOGLE("google.com", "googlemail.com"),
    MICROSOFT("outlook.com", "hotmail.com", "mx.microsoft"),
    YAHOO("yahoodns.net"),
    APPLE("icloud.com", "apple.com"),
    UNITED_INTERNET("gmx.net", "web.de", "kundenserver.de", "ionos.de", "ionos.com"),
    PROOFPOINT("pphosted.com", "ppe-hosted.com"),
    MIMECAST("mimecast.com"),
    BARRACUDA("barracudanetworks.com"),
    OTHER;

    private final List<String> domains;

    Receiver(String... domains) {
        this.domains = List.of(domains);
    }

    /** @param host an exchanger's name, lower case */
    public static Receiver of(String host) {
        for (Receiver receiver : values()) {
            for (String domain : receiver.domains) {
                if (host.equals(domain) || host.endsWith("." + domain)) {
                    return receiver;
                }
            }
        }
        return OTHER;
    }

    /** One word for figures. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
