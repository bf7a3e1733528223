package io.waypost.server;

import io.waypost.message.port.MailLog;
import java.util.List;

/** Hands every state change to several logs: the journal, the meters. */
record MailLogs(List<MailLog> logs) implements MailLog {

    @Override
    public void record(Event event) {
        for (MailLog log : logs) {
            log.record(event);
        }
    }
}
