package io.waypost.smtp.checks.dns;

import io.waypost.message.port.Dns.Exchanger;
import io.waypost.message.port.Dns.Tlsa;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;

/** Records as values. */
final class Reading {

    private Reading() {}

    /** Empty for a record of a type that nobody asks for. */
    static Optional<Object> value(Record record) {
        return switch (record) {
            case ARecord a -> Optional.<Object>of(unnamed(a.getAddress()));
            case AAAARecord aaaa -> Optional.<Object>of(unnamed(aaaa.getAddress()));
            case MXRecord mx -> Optional.<Object>of(new Exchanger(mx.getPriority(), text(mx.getTarget())));
            case PTRRecord ptr -> Optional.<Object>of(text(ptr.getTarget()));
            case CNAMERecord alias -> Optional.<Object>of(text(alias.getTarget()));
            case TXTRecord txt -> Optional.<Object>of(joined(txt.getStringsAsByteArrays()));
            case TLSARecord tlsa ->
                Optional.<Object>of(new Tlsa(
                        tlsa.getCertificateUsage(),
                        tlsa.getSelector(),
                        tlsa.getMatchingType(),
                        HexFormat.of().formatHex(tlsa.getCertificateAssociationData())));
            default -> Optional.empty();
        };
    }

    // dnsjava gives addresses the name that was asked for, which would end up in logs in place of the address.
    private static InetAddress unnamed(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }

    /** Lower case, without the dot at the end; the root, as in a null MX (RFC 7505), is an empty text. */
    private static String text(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true).toLowerCase(Locale.ROOT);
    }

    private static String joined(List<byte[]> strings) {
        StringBuilder text = new StringBuilder();
        for (byte[] string : strings) {
            text.append(new String(string, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }
}
