package io.waypost.server;

import io.waypost.api.Readiness;
import io.waypost.rules.book.RuleBook;
import io.waypost.smtp.listener.SmtpServer;
import io.waypost.store.EmbeddedStore;
import java.io.IOException;
import java.util.List;

/** Whether the server can take mail now, for {@code /readyz}. */
final class ReadinessChecks {

    private ReadinessChecks() {}

    static Readiness of(EmbeddedStore store, SmtpServer listeners, RuleBook book) {
        return () -> List.of(
                new Readiness.Check("smtp", !listeners.addresses().isEmpty(), ""),
                ofStore(store),
                new Readiness.Check(
                        "rules",
                        book.active().isPresent(),
                        book.active().isPresent() ? "" : "no rule set is active: all mail is refused"));
    }

    private static Readiness.Check ofStore(EmbeddedStore store) {
        try {
            store.spool().draft(-1).close();
            return new Readiness.Check("store", true, "");
        } catch (IOException e) {
            return new Readiness.Check("store", false, "the store takes nothing now");
        }
    }
}
