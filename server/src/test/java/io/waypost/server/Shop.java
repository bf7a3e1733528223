package io.waypost.server;

import static org.awaitility.Awaitility.await;

import io.waypost.server.support.Setup;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** An application that sends mails from news@shop.test by the API, and looks at what became of them. */
final class Shop implements AutoCloseable {

    private static final String KEY = "AKIAWAYPOSTTEST00001";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    /** Its account, for the configuration of the server. */
    static final String ACCOUNT = """
            accounts: [ { id: "123456789012", keys: [ { id: %s, secret: "%s" } ] } ]
            ses: { regions: [ us-east-1 ], verify: atOnce, sandbox: false }
            """.formatted(KEY, SECRET);

    private final Setup setup;
    private final SesV2Client ses;

    /** @param setup of a server that runs */
    Shop(Setup setup) {
        this.setup = setup;
        this.ses = AwsServer.client(
                SesV2Client.builder(), "http://127.0.0.1:" + setup.httpPort(), AwsBasicCredentials.create(KEY, SECRET));
        ses.createEmailIdentity(r -> r.emailIdentity("shop.test"));
    }

    SesV2Client ses() {
        return ses;
    }

    /** Sends one mail to all of them; answers its id. */
    String send(String... to) {
        return sendUnder(null, to);
    }

    /** The same under a configuration set. */
    String sendUnder(@org.jspecify.annotations.Nullable String configurationSet, String... to) {
        return ses.sendEmail(r -> r.fromEmailAddress("news@shop.test")
                        .destination(d -> d.toAddresses(List.of(to)))
                        .configurationSetName(configurationSet)
                        .content(c ->
                                c.simple(s -> s.subject(x -> x.data("News")).body(b -> b.text(x -> x.data("Hello"))))))
                .messageId();
    }

    String trace(String id) {
        return Ran.trace(setup, id);
    }

    /** Waits until the trace of a mail tells all this. */
    void awaitTrace(String id, String... words) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() ->
                        org.assertj.core.api.Assertions.assertThat(trace(id)).contains(words));
    }

    @Override
    public void close() {
        ses.close();
    }
}
