package io.waypost.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.sending.MailEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in events, member by member (contract 3.2, 3.3). */
class EventJsonTest {

    private static final String ID = EventIds.messageId(Events.of("Send"));
    private static final String FEEDBACK = EventIds.feedbackId(Events.of("Bounce"));

    private static final String MAIL =
            "\"mail\":{\"timestamp\":\"2026-01-31T12:34:56.000Z\",\"source\":\"News <news@example.com>\","
                    + "\"sourceArn\":\"arn:aws:ses:us-east-1:123456789012:identity/example.com\","
                    + "\"sourceIp\":\"198.51.100.7\",\"callerIdentity\":\"AKIDEXAMPLE\","
                    + "\"sendingAccountId\":\"123456789012\",\"messageId\":\"" + ID
                    + "\",\"destination\":[\"bob@example.net\"]";
    private static final String HEADERS = ",\"headersTruncated\":false,\"headers\":["
            + "{\"name\":\"From\",\"value\":\"News <news@example.com>\"},{\"name\":\"To\",\"value\":\"bob@example.net\"},"
            + "{\"name\":\"Subject\",\"value\":\"=?utf-8?Q?Gr=C3=BC=C3=9Fe?=\"}],"
            + "\"commonHeaders\":{\"from\":[\"News <news@example.com>\"],\"to\":[\"bob@example.net\"],"
            + "\"messageId\":\"" + ID + "\",\"subject\":\"Grüße\"}";
    private static final String TAGS = ",\"tags\":{\"ses:operation\":[\"SendEmail\"],"
            + "\"ses:configuration-set\":[\"main\"],\"ses:source-ip\":[\"198.51.100.7\"],"
            + "\"ses:from-domain\":[\"example.com\"],\"ses:caller-identity\":[\"AKIDEXAMPLE\"]%s,"
            + "\"campaign\":[\"spring\"]}},";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Send                  | Send      | 'send':{}",
                "Reject                | Reject    | 'reject':{'reason':'Bad content'}",
                "Delivery              | Delivery  | 'delivery':{'timestamp':'2026-01-31T13:00:00.000Z','processingTimeMillis':1500,'recipients':['bob@example.net'],'smtpResponse':'250 2.6.0 Message received','reportingMTA':'out1.example.com','remoteMtaIp':'192.0.2.40'}",
                "Bounce                | Bounce    | 'bounce':{'feedbackId':'FEEDBACK','bounceType':'Permanent','bounceSubType':'General','bouncedRecipients':[{'emailAddress':'bob@example.net','action':'failed','status':'5.1.1','diagnosticCode':'smtp; 550 5.1.1 user unknown'}],'timestamp':'2026-01-31T13:00:00.000Z','remoteMtaIp':'192.0.2.40','reportingMTA':'dns; out1.example.com'}",
                "Complaint             | Complaint | 'complaint':{'complainedRecipients':[{'emailAddress':'bob@example.net'}],'timestamp':'2026-01-31T13:00:00.000Z','feedbackId':'FEEDBACK','complaintSubType':null,'userAgent':'Amazon SES Mailbox Simulator','complaintFeedbackType':'abuse','arrivalDate':'2026-01-31T12:34:56.000Z'}",
                "Complaint, suppressed | Complaint | 'complaint':{'complainedRecipients':[{'emailAddress':'bob@example.net'}],'timestamp':'2026-01-31T13:00:00.000Z','feedbackId':'FEEDBACK','complaintSubType':'OnAccountSuppressionList'}",
                "DeliveryDelay         | DeliveryDelay | 'deliveryDelay':{'timestamp':'2026-01-31T13:00:00.000Z','delayType':'TransientCommunicationFailure','expirationTime':'2026-02-01T02:40:00.000Z','delayedRecipients':[{'emailAddress':'bob@example.net','status':'4.4.1','diagnosticCode':'smtp; 421 4.4.1 Unable to connect to remote host'}]}",
                "Open                  | Open      | 'open':{'ipAddress':'203.0.113.9','timestamp':'2026-01-31T13:00:00.000Z','userAgent':'Mozilla/5.0'}",
                "Click                 | Click     | 'click':{'ipAddress':'203.0.113.9','timestamp':'2026-01-31T13:00:00.000Z','userAgent':'Mozilla/5.0','link':'https://example.com/a','linkTags':{'pos':['top']}}",
                "Click, no tags        | Click     | 'click':{'ipAddress':'203.0.113.9','timestamp':'2026-01-31T13:00:00.000Z','userAgent':'Mozilla/5.0','link':'https://example.com/a','linkTags':null}",
                "Rendering Failure     | Rendering Failure | 'failure':{'errorMessage':'Attribute \u0001name\u0001 is not present in the rendering data.','templateName':'welcome'}",
                "Subscription          | Subscription | 'subscription':{'contactList':'all','timestamp':'2026-01-31T13:00:00.000Z','source':'UnsubscribeHeader','newTopicPreferences':{'unsubscribeAll':true,'topicSubscriptionStatus':[{'topicName':'news','subscriptionStatus':'OptOut'}]},'oldTopicPreferences':{'unsubscribeAll':false,'topicSubscriptionStatus':[{'topicName':'news','subscriptionStatus':'OptIn'}]}}"
            })
    void everyEvent(String name, String eventType, String block) {
        String outgoing = name.equals("Delivery") ? ",\"ses:outgoing-ip\":[\"192.0.2.1\"]" : "";
        String expected = "{\"eventType\":\"" + eventType + "\"," + MAIL + HEADERS + TAGS.formatted(outgoing)
                + block.replace('\'', '"').replace('\u0001', '\'').replace("FEEDBACK", FEEDBACK) + "}";
        assertThat(EventJson.event(Events.of(name))).isEqualTo(expected);
    }

    @Test
    void aNotificationSaysHeadersOnlyWhenAsked() {
        MailEvent bounce = Events.of("Bounce");
        String block = "{\"notificationType\":\"Bounce\",\"bounce\":{\"feedbackId\":\"" + FEEDBACK + "\"";
        assertThat(EventJson.notification(bounce, false)).startsWith(block).endsWith("," + MAIL + "}}");
        assertThat(EventJson.notification(bounce, true)).startsWith(block).endsWith("," + MAIL + HEADERS + "}}");
    }

    @Test
    void anEventBusGetsAnEnvelope() {
        MailEvent send = Events.of("Send");
        assertThat(EventJson.busEvent(send))
                .isEqualTo("{\"version\":\"0\",\"id\":\"" + EventIds.uuid("k")
                        + "\",\"detail-type\":\"Email Sent\",\"source\":\"aws.ses\",\"account\":\"123456789012\","
                        + "\"time\":\"2026-01-31T13:00:00Z\",\"region\":\"us-east-1\",\"resources\":"
                        + "[\"arn:aws:ses:us-east-1:123456789012:configuration-set/main\"],\"detail\":"
                        + EventJson.event(send) + "}");
    }

    @Test
    void aRawMessageHasNoFromDomainAndIdsHaveTheirForm() {
        MailEvent raw = new MailEvent.Sent("k", Events.mail("SendRawEmail"), Events.LATER);
        assertThat(EventJson.event(raw)).contains("SendRawEmail").doesNotContain("from-domain");
        assertThat(FEEDBACK).matches("0100[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000");
        assertThat(Long.parseLong(FEEDBACK.substring(4, 16), 16)).isEqualTo(Events.LATER.toEpochMilli());
    }
}
