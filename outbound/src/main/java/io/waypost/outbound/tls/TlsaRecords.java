package io.waypost.outbound.tls;

import io.waypost.message.port.Dns.Tlsa;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/** What TLSA records say about certificates (RFC 6698 2.1, RFC 7672 3.1). */
final class TlsaRecords {

    /** A trust anchor of the domain's own. */
    static final int DANE_TA = 2;

    /** The server's certificate itself. */
    static final int DANE_EE = 3;

    private static final int WHOLE = 0;
    private static final int KEY = 1;
    private static final int SHA_256 = 1;
    private static final int SHA_512 = 2;

    private TlsaRecords() {}

    /** RFC 7672 3.1.3: PKIX-TA(0) and PKIX-EE(1) say nothing to SMTP clients, nor does what is not known. */
    static boolean isUsable(Tlsa record) {
        return (record.usage() == DANE_TA || record.usage() == DANE_EE)
                && (record.selector() == WHOLE || record.selector() == KEY)
                && switch (record.matchingType()) {
                    case WHOLE -> !record.association().isEmpty();
                    case SHA_256 -> record.association().length() == 64;
                    case SHA_512 -> record.association().length() == 128;
                    default -> false;
                };
    }

    /** Whether a usable record means this certificate. */
    static boolean names(Tlsa record, X509Certificate certificate) throws CertificateEncodingException {
        byte[] selected = record.selector() == KEY ? certificate.getPublicKey().getEncoded() : certificate.getEncoded();
        byte[] matched =
                switch (record.matchingType()) {
                    case SHA_256 -> digest("SHA-256", selected);
                    case SHA_512 -> digest("SHA-512", selected);
                    default -> selected;
                };
        return HexFormat.of().formatHex(matched).equals(record.association());
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
