package io.waypost.api.identity;

/**
 * A record that somebody must publish.
 *
 * @param name absolute, without the dot at the end
 * @param value the text of a TXT record, or preference and exchange of an MX record
 */
public record DnsRecord(Purpose purpose, String name, Type type, String value) {

    /** What a record is good for. */
    public enum Purpose {
        /** Mail for the domain comes here. */
        RECEIVING,
        /** The domain is the account's. */
        OWNERSHIP,
        /** Signatures can be checked; shows ownership as well, when all of them are there. */
        DKIM,
        /** The next key is here: it signs as soon as this is seen. */
        NEXT_DKIM,
        /** The signatures beside those of RSA can be checked. */
        ED25519,
        /** The next Ed25519 key is here: it signs as soon as this is seen. */
        NEXT_ED25519,
        /** Signatures of mail that is on its way can be checked; not needed afterwards. */
        RETIRED_DKIM,
        /** The reverse-path may have the identity's own domain. */
        MAIL_FROM
    }

    /** The types that are needed. */
    public enum Type {
        TXT,
        MX
    }

    // RFC 1035 3.3: a character-string has 255 octets at most.
    private static final int LONGEST_STRING = 255;

    /** The record as a line of a zone file (RFC 1035 5.1). */
    public String zoneLine() {
        return name + ". IN " + type + " " + (type == Type.TXT ? strings() : value + ".");
    }

    private String strings() {
        StringBuilder out = new StringBuilder();
        for (int from = 0; from < value.length(); from += LONGEST_STRING) {
            out.append(from == 0 ? "\"" : " \"")
                    .append(value, from, Math.min(value.length(), from + LONGEST_STRING))
                    .append('"');
        }
        return out.toString();
    }
}
