package io.waypost.outbound.sending;

import io.waypost.message.header.HeaderBlock;
import io.waypost.message.sending.SendRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the X-SES- fields of a message say; they are taken out of it (contract 4.4). Of several fields of one name the first counts.
 *
 * @param configurationSet X-SES-CONFIGURATION-SET
 * @param tags X-SES-MESSAGE-TAGS as written, empty where there is none
 * @param arns X-SES-SOURCE-ARN, X-SES-FROM-ARN, X-SES-RETURN-PATH-ARN, as far as they are there
 * @param list X-SES-LIST-MANAGEMENT-OPTIONS
 */
record SesFields(
        Optional<String> configurationSet, String tags, List<String> arns, Optional<SendRequest.ListManagement> list) {

    private static final String PREFIX = "x-ses-";

    static boolean isOne(String fieldName) {
        return fieldName.toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    static SesFields of(HeaderBlock header) {
        return new SesFields(
                first(header, "X-SES-CONFIGURATION-SET"),
                first(header, "X-SES-MESSAGE-TAGS").orElse(""),
                Stream.of("X-SES-SOURCE-ARN", "X-SES-FROM-ARN", "X-SES-RETURN-PATH-ARN")
                        .flatMap(name -> first(header, name).stream())
                        .toList(),
                first(header, "X-SES-LIST-MANAGEMENT-OPTIONS").map(SesFields::list));
    }

    private static Optional<String> first(HeaderBlock header, String name) {
        return header.fields(name).stream()
                .map(HeaderBlock.Field::value)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    // {list}; topic={topic}, the words in braces standing for names; some senders write contactListName= in front.
    private static SendRequest.ListManagement list(String value) {
        String[] parts = value.split(";", 2);
        String list = withoutKey(parts[0].strip(), "contactlistname=");
        Optional<String> topic = parts.length < 2
                ? Optional.empty()
                : Optional.of(withoutKey(parts[1].strip(), "topic=")).filter(name -> !name.isEmpty());
        return new SendRequest.ListManagement(list, topic);
    }

    private static String withoutKey(String text, String key) {
        return text.toLowerCase(Locale.ROOT).startsWith(key)
                ? text.substring(key.length()).strip()
                : text;
    }
}
