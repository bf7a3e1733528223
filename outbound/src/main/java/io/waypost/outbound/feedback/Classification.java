package io.waypost.outbound.feedback;

import io.waypost.message.StatusCode;
import io.waypost.message.sending.MailEvent.BounceKind;
import io.waypost.message.sending.MailEvent.DelayKind;
import java.util.List;
import java.util.regex.Pattern;

/**
 * From what a server said to what it means. Pure.
 *
 * <p>Words come first, for many servers answer everything with 550 or 5.7.1; then the enhanced code, then the reply code. Only what
 * is surely about the mailbox is a permanent bounce, because it brings the address onto the suppression list.
 */
public final class Classification {

    private record Row(Pattern words, Meaning meaning) {}

    // The first row that matches counts: what is special stands before what is general.
    private static final List<Row> WORDS = List.of(
            row(
                    "mailbox (?:is )?full|over ?quota|quota (?:exceeded|is full)|exceeded (?:storage|quota|their quota)|"
                            + "out of storage|mailbox size limit|mailfolder is full|exceeds? (?:the )?(?:user|mailbox) quota|"
                            + "user is over|insufficient disk space for user|mailbox has exceeded",
                    Meaning.MAILBOX_FULL),
            row(
                    "is receiving mail (?:too quickly|at a rate)|greylist|graylist|postgrey|"
                            + "too many (?:connections|messages|recipients|concurrent)|throttl|rate.limit exceeded",
                    Meaning.POLICY),
            row(
                    "message (?:size|length|is too large|too large|too big)|size exceed|size limit|exceeded .{0,20}message size|"
                            + "databytes limit|recipsizelimit|too large for this recipient|maximum message size",
                    Meaning.TOO_LARGE),
            row(
                    "attachment|potential security issue|file ?type|executable|contains? (?:a )?virus|malware|virus (?:found|detected)|"
                            + "infected",
                    Meaning.ATTACHMENT),
            row(
                    "banned sending ip|blocked using|block ?list|blacklist|blocklisted|spamhaus|barracudacentral|spamcop|\\brbl\\b|"
                            + "dnsbl|poor reputation|ip reputation|reputation of the sending ip|from your ip|your ip address|"
                            + "ip address .{0,40}(?:blocked|block)|client host .{0,60}(?:blocked|rejected)|"
                            + "weren't sent\\. please contact|\\[tss\\d\\d\\]|unexpected volume or user complaints|"
                            + "temporarily rate limited|no reverse|reverse dns|\\bptr record",
                    Meaning.SENDING_HOST),
            row(
                    "dmarc|unauthenticated|\\bspf\\b|\\bdkim\\b|authentication (?:level|information|checks)|"
                            + "relay(?:ing)? (?:access )?(?:denied|not permitted|not allowed)|unable to relay|rcpthosts|"
                            + "sender (?:address )?rejected|sender verify failed|not allowed to send|local policy violation|"
                            + "administrative prohibition|too many hops|hop count|is looping|routing loop",
                    Meaning.POLICY),
            row(
                    "user unknown|unknown (?:user|recipient|address|mailbox|local)|no such (?:user|mailbox|recipient|person|address)|"
                            + "(?:account|mailbox|user|recipient|address) (?:that you tried to reach )?"
                            + "(?:does not|doesn't|do not|not) exist|"
                            + "(?:account|mailbox|user|recipient) (?:is |was |has been )?"
                            + "(?:unknown|not found|disabled|inactive|suspended|deactivated|not available|invalid|unavailable)|"
                            + "recipientnotfound|recipient not found|does not exist|doesn't exist|doesn't have a|no mailbox here|"
                            + "addressee unknown|unrouteable address|invalid (?:recipient|mailbox|user)|disabled or discontinued|"
                            + "account (?:that you tried to reach )?is (?:disabled|inactive)|recipient address rejected: access denied|"
                            + "recipient rejected|verification failed for|no longer (?:available|valid|on server|exists)|"
                            + "not our customer|is not a known user|not a valid (?:mailbox|user|recipient)|mailbox not found|"
                            + "domain (?:name )?not found|host (?:or domain name )?not found|null ?mx|does not accept mail",
                    Meaning.NO_MAILBOX),
            row("spam|unsolicited|bulk mail|junk|phish|suspicious", Meaning.SPAM),
            row(
                    "content (?:rejected|not accepted|filter)|message (?:content|not allowed|rejected|refused|blocked)|"
                            + "policy reasons|due to local policy|corrupt content|blocked by (?:content|policy|filter)|"
                            + "url(?:s)? .{0,30}(?:listed|blocked)|prohibited content",
                    Meaning.CONTENT),
            row(
                    "timed? ?out|connection (?:refused|reset|lost|closed|dropped)|unable to connect|network (?:is )?unreachable|"
                            + "no route to host|lost connection|name service error|lookup failed temporarily|dns (?:error|failure)|"
                            + "starttls|tls handshake|cannot connect",
                    Meaning.CONNECTION),
            row(
                    "server busy|service (?:is )?(?:not available|unavailable|currently)|temporary (?:local|system|server) "
                            + "(?:problem|failure|error)|local (?:problem|error)|internal (?:server )?error|insufficient (?:system )?storage|"
                            + "queue file|system (?:not accepting|resources|error)|overloaded|load average|read.only|try (?:again )?later",
                    Meaning.SERVER));

    private Classification() {}

    /** What a refusal for good, or one until its time was over, is to SES. */
    public static BounceKind bounce(Said said) {
        Meaning meaning = meaning(said);
        // Not found today is no proof: the address must not be suppressed for it.
        boolean unsure = meaning == Meaning.NO_MAILBOX && said.isTransient();
        return unsure || (meaning == Meaning.UNKNOWN && said.isTransient())
                ? BounceKind.TRANSIENT_GENERAL
                : meaning.bounce();
    }

    /** What a refusal for now is to SES. */
    public static DelayKind delay(Said said) {
        return meaning(said).delay();
    }

    static Meaning meaning(Said said) {
        String text = said.lowerCase();
        for (Row row : WORDS) {
            if (row.words().matcher(text).find()) {
                return row.meaning();
            }
        }
        Meaning byStatus = said.status().map(Classification::byStatus).orElse(Meaning.UNKNOWN);
        return byStatus == Meaning.UNKNOWN && said.replyCode().isPresent()
                ? byReply(said.replyCode().getAsInt())
                : byStatus;
    }

    // The registry of RFC 5248, as far as it says enough.
    private static Meaning byStatus(StatusCode status) {
        return switch (status.subject() * 1000 + status.detail()) {
            // RFC 3463 3.2; RFC 7505 4.2 for 1.10; 2.1 is "disabled, not accepting messages".
            case 1000, 1001, 1002, 1003, 1006, 1010, 2001, 4004 -> Meaning.NO_MAILBOX;
            case 2002 -> Meaning.MAILBOX_FULL;
            case 2003, 3004 -> Meaning.TOO_LARGE;
            case 3000, 3001, 3002, 3003, 3005, 4005 -> Meaning.SERVER;
            case 4001, 4002, 4003, 4007 -> Meaning.CONNECTION;
            case 6000, 6001, 6002, 6003, 6005 -> Meaning.CONTENT;
            // RFC 7372 for 20 to 26.
            case 4006, 7000, 7001, 7002, 7008, 7009, 7020, 7021, 7022, 7023, 7024, 7025, 7026, 1007, 1008 ->
                Meaning.POLICY;
            default -> Meaning.UNKNOWN;
        };
    }

    // RFC 5321 4.2.3.
    private static Meaning byReply(int code) {
        return switch (code) {
            case 550, 551, 553 -> Meaning.NO_MAILBOX;
            case 552 -> Meaning.MAILBOX_FULL;
            case 421, 451, 452 -> Meaning.SERVER;
            default -> Meaning.UNKNOWN;
        };
    }

    private static Row row(String words, Meaning meaning) {
        return new Row(Pattern.compile(words), meaning);
    }
}
