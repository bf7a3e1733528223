package io.waypost.smtp.testing;

import io.waypost.message.port.MailLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every event. */
public final class RecordingLog implements MailLog {

    public final List<Event> events = new CopyOnWriteArrayList<>();

    @Override
    public void record(Event event) {
        events.add(event);
    }

    /** The reasons of all refusals so far, each behind its stage: {@code RCPT unknown-recipient}. */
    public List<String> refusals() {
        return events.stream()
                .filter(Refused.class::isInstance)
                .map(Refused.class::cast)
                .map(refused -> refused.stage() + " " + refused.reason())
                .toList();
    }

    /** How many mails were accepted. */
    public long accepted() {
        return events.stream().filter(Accepted.class::isInstance).count();
    }
}
