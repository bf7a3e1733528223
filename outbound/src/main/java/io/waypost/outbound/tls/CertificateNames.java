package io.waypost.outbound.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The host names that a certificate stands for (RFC 6125 6.4): those of its subjectAltName.
 *
 * @param patterns lower case; the first label may be {@code *}
 */
record CertificateNames(List<String> patterns) {

    private static final int DNS_NAME = 2;

    static CertificateNames of(X509Certificate certificate) throws CertificateException {
        List<String> patterns = new ArrayList<>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names != null) {
            for (List<?> name : names) {
                if (name.getFirst().equals(DNS_NAME) && name.get(1) instanceof String text) {
                    patterns.add(text.toLowerCase(Locale.ROOT));
                }
            }
        }
        return new CertificateNames(patterns);
    }

    boolean haveOneOf(List<String> names) {
        return patterns.stream()
                .anyMatch(pattern -> names.stream().anyMatch(name -> HostPattern.matches(pattern, name)));
    }
}
