package io.waypost.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.EmailAddress;
import io.waypost.message.Mail;
import io.waypost.message.Outcome;
import io.waypost.message.Scope;
import io.waypost.message.sending.MailEvent;
import io.waypost.outbound.content.ContentCheck;
import io.waypost.outbound.port.ContactLists;
import io.waypost.outbound.port.Suppressed;
import io.waypost.outbound.port.SuppressionList;
import io.waypost.outbound.sending.Aftermath;
import io.waypost.outbound.sending.SentDelivery;
import io.waypost.rules.Effect;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is found in the content of a mail with several recipients. */
class SentDeliveryTest {

    private static final SuppressionList NOBODY = new SuppressionList() {
        @Override
        public Optional<Suppressed> find(Scope scope, EmailAddress address) {
            return Optional.empty();
        }

        @Override
        public Set<Suppressed> reasons(Scope scope) {
            return Set.of();
        }

        @Override
        public void add(Scope scope, EmailAddress address, Suppressed reason, Mail because) {
            throw new AssertionError("nobody is listed for a content");
        }
    };

    private static final ContactLists NO_LISTS = new ContactLists() {
        @Override
        public boolean exists(Scope scope, String list, Optional<String> topic) {
            return false;
        }

        @Override
        public boolean isSubscribed(Scope scope, String list, Optional<String> topic, EmailAddress address) {
            return true;
        }

        @Override
        public Optional<Unsubscribed> unsubscribe(
                Scope scope, String list, Optional<String> topic, EmailAddress address) {
            return Optional.empty();
        }
    };

    private final OutboundLine line = new OutboundLine(Optional.empty(), Map.of());
    private final List<MailEvent.Rejected> told = new ArrayList<>();

    private Outcome attempt(Mail mail, int run, int attempt) throws Exception {
        SentDelivery delivery = new SentDelivery(
                line.handler,
                new Aftermath(event -> told.add((MailEvent.Rejected) event), NOBODY, (scope, name) -> Optional.empty()),
                NO_LISTS,
                new ContentCheck(content -> Optional.of("Eicar")),
                "mx.example.com",
                Clock.fixed(OutboundLine.NOW, ZoneOffset.UTC));
        Effect first = line.effect(mail, run);
        Effect effect = new Effect(
                first.key(), attempt, first.now(), mail, first.run(), first.rule(), first.content(), first.revisions());
        return delivery.perform((DeliverAction) first.rule().actions().getFirst(), effect);
    }

    private Mail mail() throws Exception {
        Mail mail = DeliverHandlerTest.submit(
                line, "a@sender.example", "Subject: x\r\n\r\nHello\r\n", "b@example.com", "c@example.com");
        return DeliverHandlerTest.ofAnApplication(mail, Optional.empty());
    }

    @Test
    void theWholeMailIsRejectedAndToldByItsFirstRun() throws Exception {
        Mail mail = mail();
        assertThat(List.of(attempt(mail, 1, 1), attempt(mail, 0, 1)))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Done.class));
        assertThat(told).hasSize(1);
    }

    @Test
    void whatIsFoundAtALaterAttemptIsToldEvenWhenTheFirstRunWasDelivered() throws Exception {
        Mail mail = mail();
        assertThat(attempt(mail, 1, 2)).isInstanceOf(Outcome.Done.class);
        assertThat(told).hasSize(1);
        // Whoever is told twice sees that it is the same, and that it is not what the first run told.
        attempt(mail, 0, 2);
        assertThat(told)
                .extracting(MailEvent.Rejected::key)
                .hasSize(2)
                .containsOnly(line.effect(mail, 0).key() + "/rejected");
    }
}
