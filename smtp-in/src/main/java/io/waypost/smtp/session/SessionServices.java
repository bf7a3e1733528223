package io.waypost.smtp.session;

import io.waypost.message.port.MailLog;
import io.waypost.message.port.Spool;
import io.waypost.smtp.Routing;
import io.waypost.smtp.SessionObserver;
import io.waypost.smtp.SmtpSettings;
import io.waypost.smtp.checks.client.ClientChecks;
import io.waypost.smtp.reception.Reception;
import io.waypost.smtp.submission.SubmissionService;
import io.waypost.smtp.tls.TlsIdentity;
import io.waypost.smtp.wire.BufferPool;
import java.time.Clock;

/** What all sessions of a server share; each part is safe for all threads. */
public record SessionServices(
        SmtpSettings settings,
        Spool spool,
        Routing routing,
        Reception reception,
        SubmissionService submission,
        LoginAttempts loginAttempts,
        MailLog mailLog,
        SessionObserver observer,
        ClientChecks clients,
        TlsIdentity tls,
        AddressSlots slots,
        BufferPool buffers,
        Clock clock) {}
