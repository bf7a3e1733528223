package io.waypost.message.dsn;

import io.waypost.message.MessageContent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;

/** A notice as another program reads it. */
record ParsedNotice(byte[] bytes, Message message) {

    static ParsedNotice of(MessageContent notice) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        try (InputStream in = notice.open()) {
            byte[] bytes = in.readAllBytes();
            return new ParsedNotice(bytes, builder.parseMessage(new ByteArrayInputStream(bytes)));
        }
    }

    List<String> headerNames() {
        return message.getHeader().getFields().stream()
                .map(field -> field.getName())
                .toList();
    }

    List<Entity> parts() {
        return ((Multipart) message.getBody()).getBodyParts();
    }

    /** A part with its transfer encoding undone. */
    byte[] decoded(int part) throws IOException {
        if (parts().get(part).getBody() instanceof Message inner) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new org.apache.james.mime4j.message.DefaultMessageWriter().writeMessage(inner, out);
            return out.toByteArray();
        }
        try (InputStream in = ((SingleBody) parts().get(part).getBody()).getInputStream()) {
            return in.readAllBytes();
        }
    }

    String text(int part) throws IOException {
        return new String(decoded(part), StandardCharsets.UTF_8);
    }

    /** The groups of fields of the delivery status, unfolded. */
    List<List<String>> status() throws IOException {
        List<List<String>> groups = new ArrayList<>();
        for (String group : text(1).strip().split("\r\n\r\n")) {
            groups.add(List.of(group.replaceAll("\r\n ", " ").split("\r\n")));
        }
        return groups;
    }
}
