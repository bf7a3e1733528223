package io.waypost.outbound.sending;

import io.waypost.message.Domain;
import io.waypost.message.EmailAddress;
import io.waypost.message.Scope;
import io.waypost.message.sending.SendRefusedException;
import io.waypost.message.sending.SendRefusedException.Reason;
import io.waypost.message.sending.SendRequest;
import io.waypost.outbound.Simulator;
import io.waypost.outbound.port.ConfigurationSet;
import io.waypost.outbound.port.SendingAccounts.Allowance;
import io.waypost.outbound.port.SendingIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges whether a message may be sent, and as what. Changes nothing but the quota. */
final class Admission {

    /** Recipients of one message (contract 4.8). */
    static final int MOST_RECIPIENTS = 50;

    /** Authors and senders of one message; each is looked up, and policies are asked of all of them. */
    static final int MOST_SENDERS = 50;

    private final SendingServices services;
    private final Domain ownDomain;

    /** @param ownDomain of return paths, where an identity has none of its own */
    Admission(SendingServices services, Domain ownDomain) {
        this.services = services;
        this.ownDomain = ownDomain;
    }

    Permit permit(SendRequest request, MessageHeader header) throws SendRefusedException, IOException {
        Scope scope = request.scope();
        SesFields fields = header.sesFields();
        List<EmailAddress> authors = header.addresses("From");
        if (authors.isEmpty()) {
            throw Refusals.message("Missing required header 'From'.");
        }
        EmailAddress source = request.source().isPresent()
                ? Addresses.checked(request.source().get())
                : authors.getFirst();
        Optional<EmailAddress> returnPath = returnPath(request, header);
        List<EmailAddress> recipients = recipients(request, header);
        Allowance allowance = services.accounts().of(scope);
        if (!allowance.enabled()) {
            throw new SendRefusedException(Reason.ACCOUNT_PAUSED, "Email sending is disabled for this account.");
        }
        Set<EmailAddress> senders = new LinkedHashSet<>(authors);
        senders.add(source);
        senders.addAll(header.addresses("Sender"));
        if (senders.size() > MOST_SENDERS) {
            throw Refusals.message("The message has more than " + MOST_SENDERS + " senders.");
        }
        EmailAddress feedbackTo = returnPath.orElse(source);
        Delegation delegation = Delegation.of(request, header, services, senders, feedbackTo, recipients);
        returnPath.ifPresent(senders::add);
        Map<EmailAddress, SendingIdentity> identities = identities(delegation, scope, senders, allowance, recipients);
        SendingIdentity identity = identities.get(source);
        SendingIdentity author = identities.get(authors.getFirst());
        if (identity == null || author == null) {
            throw new IllegalStateException("the senders were verified");
        }
        Optional<ConfigurationSet> set = set(
                scope, request.configurationSet().or(fields::configurationSet).or(identity::configurationSet));
        Optional<SendRequest.ListManagement> list = request.list().or(fields::list);
        if (list.isPresent()) {
            checkList(scope, list.get(), recipients);
        }
        Domain mailFrom = mailFrom(identity);
        Map<String, String> tags = MessageTags.joined(fields.tags(), request.tags());
        if (!author.signers().isEmpty() && header.has("DKIM-Signature")) {
            throw Refusals.message("Duplicate header 'DKIM-Signature'.");
        }
        services.quota().take(scope, (int)
                recipients.stream().filter(to -> !Simulator.has(to)).count());
        return new Permit(
                source, header.written("From"), identity, author, recipients, set, tags, mailFrom, feedbackTo, list);
    }

    private static Optional<EmailAddress> returnPath(SendRequest request, MessageHeader header)
            throws SendRefusedException {
        if (request.returnPath().isPresent()) {
            return Optional.of(Addresses.checked(request.returnPath().get()));
        }
        return header.addresses("Return-Path").stream().findFirst();
    }

    private static List<EmailAddress> recipients(SendRequest request, MessageHeader header)
            throws SendRefusedException {
        Set<EmailAddress> recipients = new LinkedHashSet<>();
        for (EmailAddress given : request.destinations()) {
            recipients.add(Addresses.checked(given));
        }
        if (recipients.isEmpty()) {
            for (String name : List.of("To", "Cc", "Bcc")) {
                recipients.addAll(header.addresses(name));
            }
        }
        if (recipients.isEmpty()) {
            throw Refusals.parameter("Missing final '@domain'");
        }
        if (recipients.size() > MOST_RECIPIENTS) {
            throw Refusals.parameter("Recipient count exceeds " + MOST_RECIPIENTS + ".");
        }
        return List.copyOf(recipients);
    }

    private Map<EmailAddress, SendingIdentity> identities(
            Delegation delegation,
            Scope scope,
            Set<EmailAddress> senders,
            Allowance allowance,
            List<EmailAddress> recipients)
            throws SendRefusedException, IOException {
        Map<EmailAddress, SendingIdentity> found = new LinkedHashMap<>();
        List<String> failed = new ArrayList<>();
        for (EmailAddress sender : senders) {
            Optional<SendingIdentity> identity = delegation.identity(sender);
            identity.ifPresentOrElse(is -> found.put(sender, is), () -> failed.add(sender.toString()));
        }
        if (allowance.sandbox()) {
            for (EmailAddress recipient : recipients) {
                if (!Simulator.has(recipient)
                        && services.identities().covering(scope, recipient).isEmpty()) {
                    failed.add(recipient.toString());
                }
            }
        }
        if (!failed.isEmpty()) {
            throw Refusals.notVerified(scope, failed);
        }
        return found;
    }

    private Optional<ConfigurationSet> set(Scope scope, Optional<String> name)
            throws SendRefusedException, IOException {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<ConfigurationSet> set = services.sets().find(scope, name.get());
        if (set.isEmpty()) {
            throw Refusals.noSuchSet(name.get());
        }
        if (!set.get().sendingEnabled()) {
            throw new SendRefusedException(
                    Reason.CONFIGURATION_SET_PAUSED,
                    "Email sending is disabled for configuration set <"
                            + set.get().name() + ">.");
        }
        return set;
    }

    private void checkList(Scope scope, SendRequest.ListManagement list, List<EmailAddress> recipients)
            throws SendRefusedException, IOException {
        String name = Refusals.shown(list.contactList());
        if (!services.contacts().exists(scope, list.contactList(), Optional.empty())) {
            throw new SendRefusedException(Reason.CONTACT_LIST_UNKNOWN, "List with name: " + name + " doesn't exist.");
        }
        if (!services.contacts().exists(scope, list.contactList(), list.topic())) {
            throw new SendRefusedException(
                    Reason.CONTACT_LIST_UNKNOWN,
                    "List: " + name + " doesn't contain Topic: "
                            + Refusals.shown(list.topic().orElse("")));
        }
        if (recipients.size() > 1) {
            throw Refusals.parameter("Only one recipient is allowed when list management is used.");
        }
    }

    private Domain mailFrom(SendingIdentity identity) throws SendRefusedException {
        if (identity.mailFrom().isEmpty()) {
            return ownDomain;
        }
        SendingIdentity.MailFrom custom = identity.mailFrom().get();
        if (custom.ready()) {
            return custom.domain();
        }
        if (custom.refuseWhenNotReady()) {
            throw new SendRefusedException(
                    Reason.MAIL_FROM_NOT_VERIFIED,
                    "The custom MAIL FROM domain <" + custom.domain() + "> of this identity is not verified.");
        }
        return ownDomain;
    }
}
