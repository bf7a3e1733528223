package io.waypost.outbound.sending;

import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRequest;
import io.waypost.outbound.port.SendingAuthorization.Use;
import io.waypost.outbound.port.SendingIdentity;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds whose identity stands behind each sender of one message: one that the request names and its owner lends, or else the account's
 * own.
 *
 * @param foreign ARNs of other accounts' identities, in the order in which the request names them
 */
record Delegation(SendRequest request, SendingServices services, List<String> foreign, Use use) {

    static Delegation of(
            SendRequest request,
            MessageHeader header,
            SendingServices services,
            Collection<EmailAddress> senders,
            EmailAddress feedbackTo,
            List<EmailAddress> recipients) {
        List<String> foreign = Stream.concat(request.arns().stream(), header.sesFields().arns().stream())
                .filter(arn -> !isOwn(arn, request.scope()))
                .distinct()
                .toList();
        Use use = new Use(
                request.scope(),
                request.accessKey(),
                request.operation(),
                request.sourceIp(),
                List.copyOf(senders),
                header.displayName(),
                feedbackTo,
                recipients);
        return new Delegation(request, services, foreign, use);
    }

    private static boolean isOwn(String arn, Scope scope) {
        return arn.contains(":" + scope.region() + ":" + scope.account() + ":identity/");
    }

    /**
     * The identity that covers a sender; empty when none does.
     *
     * @throws SendRefusedException when a policy forbids it, or no policy allows what was asked for by name
     */
    Optional<SendingIdentity> identity(EmailAddress sender) throws SendRefusedException, IOException {
        for (String arn : foreign) {
            Optional<SendingIdentity> lent = services.authorization().lent(arn, sender, use);
            if (lent.isPresent()) {
                return lent;
            }
        }
        Optional<SendingIdentity> own = services.identities().covering(request.scope(), sender);
        if (own.isPresent() && services.authorization().isForbidden(own.get(), use)) {
            throw Refusals.notAuthorized(request, own.get().arn());
        }
        if (own.isEmpty() && !foreign.isEmpty()) {
            throw Refusals.notAuthorized(request, foreign.getFirst());
        }
        return own;
    }

    /** What events call the identity: by the caller's name for it, as long as that is of his own account. */
    static String sourceArn(SendRequest request, Permit permit) {
        return request.sourceArn()
                .filter(arn ->
                        isOwn(arn, request.scope()) && isOwn(permit.identity().arn(), request.scope()))
                .orElse(permit.identity().arn());
    }
}
