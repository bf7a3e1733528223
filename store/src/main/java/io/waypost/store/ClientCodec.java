package io.waypost.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.waypost.message.Client;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/** The client within {@link EnvelopeCodec}. */
final class ClientCodec {

    private ClientCodec() {}

    static void write(JsonGenerator json, Client client) throws IOException {
        json.writeStartObject();
        json.writeStringField("address", literal(client.address()));
        json.writeNumberField("port", client.port());
        json.writeStringField("helo", client.helo());
        json.writeStringField("protocol", client.protocol());
        if (client.tls().isPresent()) {
            json.writeStringField("tls", client.tls().get().version());
            json.writeStringField("cipher", client.tls().get().cipher());
        }
        json.writeEndObject();
    }

    // A scope (%eth0) names an interface of this machine today; it means nothing later.
    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }

    static Client read(JsonParser json) throws IOException {
        String address = "";
        int port = 0;
        String helo = "";
        String protocol = "";
        String tls = null;
        String cipher = "";
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "address" -> address = json.getText();
                case "port" -> port = json.getIntValue();
                case "helo" -> helo = json.getText();
                case "protocol" -> protocol = json.getText();
                case "tls" -> tls = json.getText();
                case "cipher" -> cipher = json.getText();
                default -> json.skipChildren();
            }
        }
        return new Client(
                InetAddress.ofLiteral(address),
                port,
                helo,
                protocol,
                tls == null ? Optional.empty() : Optional.of(new Client.Tls(tls, cipher)));
    }
}
