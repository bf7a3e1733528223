package io.waypost.outbound.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassificationTest {

    /** What providers and servers answer, and what it is to SES as a bounce and as a delay. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Gmail, no account          | 550-5.1.1 The email account that you tried to reach does not exist. Please try double-checking the recipient's email address | PERMANENT_GENERAL | GENERAL",
                "Gmail, disabled            | 550 5.2.1 The email account that you tried to reach is disabled. | PERMANENT_GENERAL | GENERAL",
                "Gmail, over quota          | 452-4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to the support page | TRANSIENT_MAILBOX_FULL | MAILBOX_FULL",
                "Gmail, over quota, final   | 552-5.2.2 The email account that you tried to reach is over quota and inactive | TRANSIENT_MAILBOX_FULL | MAILBOX_FULL",
                "Gmail, too fast            | 450-4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered | TRANSIENT_GENERAL | GENERAL",
                "Gmail, rate of the address | 421-4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address. | TRANSIENT_GENERAL | IP_FAILURE",
                "Gmail, unsolicited         | 550-5.7.1 Our system has detected that this message is likely unsolicited mail. | TRANSIENT_CONTENT_REJECTED | SPAM_DETECTED",
                "Gmail, DMARC               | 550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy. | TRANSIENT_GENERAL | GENERAL",
                "Gmail, attachment          | 552-5.7.0 This message was blocked because its content presents a potential security issue. | TRANSIENT_ATTACHMENT_REJECTED | GENERAL",
                "Gmail, size                | 552-5.3.4 Your message exceeded Google's message size limits. | TRANSIENT_MESSAGE_TOO_LARGE | GENERAL",
                "Exchange, no recipient     | 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient bob@example.com not found by SMTP address lookup | PERMANENT_GENERAL | GENERAL",
                "Exchange, edge             | 550 5.4.1 Recipient address rejected: Access denied. AS(201806281) | PERMANENT_GENERAL | GENERAL",
                "Outlook.com, no mailbox    | 550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302). | PERMANENT_GENERAL | GENERAL",
                "Outlook.com, block list    | 550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140). | TRANSIENT_GENERAL | IP_FAILURE",
                "Exchange, rate of address  | 451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. | TRANSIENT_GENERAL | IP_FAILURE",
                "Exchange, banned           | 550 5.7.606 Access denied, banned sending IP [192.0.2.1] | TRANSIENT_GENERAL | IP_FAILURE",
                "Exchange, full             | 554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded | TRANSIENT_MAILBOX_FULL | MAILBOX_FULL",
                "Exchange, busy             | 451 4.7.500 Server busy. Please try again later from [192.0.2.1]. | TRANSIENT_GENERAL | RECIPIENT_SERVER_ERROR",
                "Exchange, DMARC            | 550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification | TRANSIENT_GENERAL | GENERAL",
                "Exchange, recipient's size | 550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient | TRANSIENT_MESSAGE_TOO_LARGE | GENERAL",
                "Yahoo, no account          | 554 delivery error: dd This user doesn't have a yahoo.com account (bob@yahoo.com) [0] - mta1.mail.yahoo.com | PERMANENT_GENERAL | GENERAL",
                "Yahoo, disabled            | 554 delivery error: dd Sorry your message to bob@yahoo.com cannot be delivered. This account has been disabled or discontinued [#102]. | PERMANENT_GENERAL | GENERAL",
                "Yahoo, complaints          | 421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1 | TRANSIENT_GENERAL | IP_FAILURE",
                "Yahoo, block list          | 553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus's list | TRANSIENT_GENERAL | IP_FAILURE",
                "Yahoo, policy              | 554 Message not allowed - [PH01] Email not accepted for policy reasons. | TRANSIENT_CONTENT_REJECTED | GENERAL",
                "Yahoo, no mailbox          | 552 1 Requested mail action aborted, mailbox not found | PERMANENT_GENERAL | GENERAL",
                "iCloud, full               | 552 5.2.2 <bob@icloud.com>: user is over quota | TRANSIENT_MAILBOX_FULL | MAILBOX_FULL",
                "iCloud, content            | 554 5.7.1 [CS01] Message rejected due to local policy. | TRANSIENT_CONTENT_REJECTED | GENERAL",
                "Comcast, throttled         | 421 4.1.0 192.0.2.1 Throttled - try again later. | TRANSIENT_GENERAL | GENERAL",
                "Comcast, no account        | 550 5.1.1 <bob@comcast.net> Account not available | PERMANENT_GENERAL | GENERAL",
                "Postfix, no user           | 550 5.1.1 <bob@example.com>: Recipient address rejected: User unknown in local recipient table | PERMANENT_GENERAL | GENERAL",
                "Postfix, not yet known     | 450 4.1.1 <bob@example.com>: Recipient address rejected: unverified address: User unknown | TRANSIENT_GENERAL | GENERAL",
                "Postfix, greylisted        | 450 4.2.0 <bob@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example/ | TRANSIENT_GENERAL | GENERAL",
                "Postfix, relay             | 554 5.7.1 <bob@example.com>: Relay access denied | TRANSIENT_GENERAL | GENERAL",
                "Postfix, size              | 552 5.3.4 Message size exceeds fixed limit | TRANSIENT_MESSAGE_TOO_LARGE | GENERAL",
                "Postfix, disk              | 452 4.3.1 Insufficient system storage | TRANSIENT_GENERAL | RECIPIENT_SERVER_ERROR",
                "Postfix, block list        | 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org | TRANSIENT_GENERAL | IP_FAILURE",
                "Postfix, queue             | 451 4.3.0 Error: queue file write error | TRANSIENT_GENERAL | RECIPIENT_SERVER_ERROR",
                "Postfix, own timeout       | X-Postfix; connect to mx.example.com[192.0.2.1]:25: Connection timed out | TRANSIENT_GENERAL | TRANSIENT_COMMUNICATION_FAILURE",
                "Postfix, no such domain    | X-Postfix; Host or domain name not found. Name service error for name=example.invalid type=A: Host not found | PERMANENT_GENERAL | GENERAL",
                "Exim, no address           | 550 Unrouteable address | PERMANENT_GENERAL | GENERAL",
                "Exim, no person            | 550 No Such User Here | PERMANENT_GENERAL | GENERAL",
                "Exim, local problem        | 451 Temporary local problem - please try later | TRANSIENT_GENERAL | RECIPIENT_SERVER_ERROR",
                "Exim, relay                | 550 relay not permitted | TRANSIENT_GENERAL | GENERAL",
                "Exim, sender               | 550 Sender verify failed | TRANSIENT_GENERAL | GENERAL",
                "qmail, no mailbox          | Sorry, no mailbox here by that name. (#5.1.1) | PERMANENT_GENERAL | GENERAL",
                "qmail, rcpthosts           | 553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1) | TRANSIENT_GENERAL | GENERAL",
                "qmail, size                | 552 sorry, that message size exceeds my databytes limit (#5.3.4) | TRANSIENT_MESSAGE_TOO_LARGE | GENERAL",
                "qmail, lookup              | CNAME lookup failed temporarily. (#4.4.3) | TRANSIENT_GENERAL | TRANSIENT_COMMUNICATION_FAILURE",
                "qmail, full                | Mailbox quota exceeded (#5.2.2) | TRANSIENT_MAILBOX_FULL | MAILBOX_FULL",
                "sendmail, no user          | 550 5.1.1 <bob@example.com>... User unknown | PERMANENT_GENERAL | GENERAL",
                "sendmail, addressee        | 553 5.3.0 <bob@example.com>... Addressee unknown, relay=[192.0.2.1] | PERMANENT_GENERAL | GENERAL",
                "amavis, virus              | 554 5.7.0 Reject, id=123-01 - INFECTED: Eicar-Test-Signature | TRANSIENT_ATTACHMENT_REJECTED | GENERAL",
                "Rspamd, spam               | 554 5.7.1 Spam message rejected | TRANSIENT_CONTENT_REJECTED | SPAM_DETECTED",
                "loop                       | 554 5.4.6 Too many hops | TRANSIENT_GENERAL | GENERAL"
            })
    void repliesOfRealServers(String server, String reply, String bounce, String delay) {
        Said said = Said.of(reply);
        assertThat(Classification.bounce(said)).hasToString(bounce);
        assertThat(Classification.delay(said)).hasToString(delay);
    }

    /** RFC 3463, RFC 5248, RFC 7372, RFC 7505: the code alone. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "550 5.1.1, PERMANENT_GENERAL, GENERAL",
        "550 5.1.2, PERMANENT_GENERAL, GENERAL",
        "556 5.1.10, PERMANENT_GENERAL, GENERAL",
        "550 5.2.1, PERMANENT_GENERAL, GENERAL",
        "552 5.2.2, TRANSIENT_MAILBOX_FULL, MAILBOX_FULL",
        "452 4.2.2, TRANSIENT_MAILBOX_FULL, MAILBOX_FULL",
        "552 5.2.3, TRANSIENT_MESSAGE_TOO_LARGE, GENERAL",
        "552 5.3.4, TRANSIENT_MESSAGE_TOO_LARGE, GENERAL",
        "451 4.3.2, TRANSIENT_GENERAL, RECIPIENT_SERVER_ERROR",
        "451 4.4.2, TRANSIENT_GENERAL, TRANSIENT_COMMUNICATION_FAILURE",
        "451 4.4.7, TRANSIENT_GENERAL, TRANSIENT_COMMUNICATION_FAILURE",
        "554 5.6.0, TRANSIENT_CONTENT_REJECTED, GENERAL",
        "550 5.7.1, TRANSIENT_GENERAL, GENERAL",
        "550 5.7.23, TRANSIENT_GENERAL, GENERAL",
        "550, PERMANENT_GENERAL, GENERAL",
        "552, TRANSIENT_MAILBOX_FULL, MAILBOX_FULL",
        "421, TRANSIENT_GENERAL, RECIPIENT_SERVER_ERROR",
        "450 4.1.1, TRANSIENT_GENERAL, GENERAL",
        "554, UNDETERMINED, UNDETERMINED",
        "471, TRANSIENT_GENERAL, UNDETERMINED",
        "'', UNDETERMINED, UNDETERMINED"
    })
    void codesAlone(String reply, String bounce, String delay) {
        assertThat(Classification.bounce(Said.of(reply))).hasToString(bounce);
        assertThat(Classification.delay(Said.of(reply))).hasToString(delay);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "smtp; 550 5.1.1 user unknown, 550, 5.1.1",
        "550-5.1.1 user unknown, 550, 5.1.1",
        "smtp;550 5.1.1 x, 550, 5.1.1",
        "sorry (#5.1.1), 0, 5.1.1",
        "550 host 192.5.1.1 said no, 550, -",
        "550 version 5.1.1.2, 550, -",
        "5.1.1 x, 0, 5.1.1",
        "5501 x, 0, -"
    })
    void codesAreFoundInTexts(String text, int reply, String status) {
        Said said = Said.of(text);
        assertThat(said.replyCode().orElse(0)).isEqualTo(reply);
        assertThat(said.status().map(Object::toString).orElse("-")).isEqualTo(status);
    }

    @Test
    void endlessTextIsCut() {
        assertThat(Said.of("550 " + "over ".repeat(1_000_000)).text()).hasSize(2_000);
    }
}
