package io.waypost.outbound.tls;

import io.waypost.message.port.Dns.Tlsa;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes the certificates that TLSA records name (RFC 7672 3.1), and no others. Under DANE-EE(3) neither names nor dates count; under
 * DANE-TA(2) the chain must lead to the named certificate and stand for one of the names.
 */
final class DaneCertificates extends X509ExtendedTrustManager {

    private final List<Tlsa> records;
    private final List<String> names;

    /** @param names the name that the records are about, and the domain (RFC 7672 3.2.2) */
    DaneCertificates(List<Tlsa> records, List<String> names) {
        this.records = List.copyOf(records);
        this.names = List.copyOf(names);
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        for (Tlsa record : records) {
            if (record.usage() == TlsaRecords.DANE_EE ? TlsaRecords.names(record, chain[0]) : leadsTo(record, chain)) {
                return;
            }
        }
        throw new CertificateException("no TLSA record matches the certificate");
    }

    private boolean leadsTo(Tlsa record, X509Certificate[] chain) throws CertificateException {
        // RFC 7672 3.1.2: the server sends its trust anchor with the chain.
        for (int i = 1; i < chain.length; i++) {
            if (TlsaRecords.names(record, chain[i]) && isIssuedBelow(chain[i], Arrays.copyOf(chain, i))) {
                return CertificateNames.of(chain[0]).haveOneOf(names);
            }
        }
        return false;
    }

    private static boolean isIssuedBelow(X509Certificate anchor, X509Certificate[] below) throws CertificateException {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(below)), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
