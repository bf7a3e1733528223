package io.waypost.api.identity.policy;

import io.waypost.message.EmailAddress;
import io.waypost.outbound.port.SendingAuthorization.Use;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody is about to do, in the words of policies.
 *
 * @param actions names of the operation, without {@code ses:}
 * @param values of condition keys, those in lower case; what is not there is not known
 */
record Attempt(String account, String accessKey, Set<String> actions, Map<String, List<String>> values) {

    static Attempt of(Use use, Instant now) {
        Map<String, List<String>> values = new HashMap<>();
        values.put("aws:currenttime", List.of(now.toString()));
        values.put("aws:epochtime", List.of(Long.toString(now.getEpochSecond())));
        values.put("aws:requestedregion", List.of(use.scope().region()));
        values.put("aws:principalaccount", List.of(use.scope().account()));
        values.put("aws:principalarn", List.of("arn:aws:iam::" + use.scope().account() + ":user/" + use.accessKey()));
        use.sourceIp().ifPresent(ip -> values.put("aws:sourceip", List.of(ip)));
        values.put("ses:fromaddress", texts(use.senders()));
        values.put("ses:fromdisplayname", List.of(use.displayName()));
        values.put("ses:feedbackaddress", List.of(use.feedbackTo().toString()));
        values.put("ses:recipients", texts(use.recipients()));
        return new Attempt(use.scope().account(), use.accessKey(), actions(use.operation()), values);
    }

    private static List<String> texts(List<EmailAddress> addresses) {
        return addresses.stream().map(EmailAddress::toString).toList();
    }

    // The API of 2019 has another name for a bulk; owners write that of 2010.
    private static Set<String> actions(String operation) {
        return operation.equals("SendBulkEmail") ? Set.of(operation, "SendBulkTemplatedEmail") : Set.of(operation);
    }
}
