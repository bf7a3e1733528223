package io.waypost.outbound.feedback;

import io.waypost.message.mime.HeaderField;
import io.waypost.message.mime.MailHeader;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells a responder's answer from a person's (RFC 3834 5, and what responders wrote before it). Pure. */
final class AutoReplies {

    /** Fields that only responders write. */
    private static final List<String> FIELDS =
            List.of("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-AutoReply-From");

    private static final Pattern PRECEDENCE = Pattern.compile("auto[_-]?reply|vacation");

    // Outlook, Gmail and others begin the subject so, in the language of who is away.
    private static final Pattern SUBJECT =
            Pattern.compile("(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|auto: |vacation|away from|"
                    + "abwesenheit|automatische antwort|réponse automatique|absence|respuesta automática|fuera de la oficina|"
                    + "risposta automatica|automatisch antwoord|autosvar|autoodpowiedź|resposta automática|自動応答|自动回复|автоответ)"
                    + ".*");

    private AutoReplies() {}

    static boolean isOne(MailHeader header) {
        String submitted = lower(header, "Auto-Submitted");
        // RFC 3834 5: auto-generated is a machine's own mail, not an answer; Exchange writes it into answers, too.
        if (submitted.startsWith("auto-replied")) {
            return true;
        }
        if (FIELDS.stream().anyMatch(name -> header.first(name).isPresent())) {
            return true;
        }
        if (PRECEDENCE.matcher(lower(header, "Precedence")).find()
                || PRECEDENCE.matcher(lower(header, "X-Precedence")).find()) {
            return true;
        }
        String subject = header.subject().orElse("").strip().toLowerCase(Locale.ROOT);
        return SUBJECT.matcher(subject).matches();
    }

    private static String lower(MailHeader header, String name) {
        return header.first(name).map(HeaderField::written).orElse("").strip().toLowerCase(Locale.ROOT);
    }
}
