package io.waypost.smtp.checks.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.dns.MailQuestions.Share;
import io.waypost.smtp.testing.FakeDns;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class MailQuestionsTest {

    private final FakeDns table = new FakeDns().txt("a.example", "here");
    private final MailQuestions mail = new MailQuestions(table);

    @Test
    void noMailAsksMoreThanItsBound() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Share share : Share.values()) {
                Dns dns = mail.of(share);
                for (int i = 0; i < 200; i++) {
                    String name = share + "-" + i + ".example";
                    threads.submit(() -> dns.texts(name));
                }
            }
        }
        assertThat(table.questions).hasSize(MailQuestions.MOST);
    }

    @Test
    void theSharesAreTheWhole() {
        for (Share share : Share.values()) {
            Dns dns = mail.of(share);
            for (int i = 0; i < 200; i++) {
                dns.exchangers(share + "-" + i + ".example");
            }
            assertThat(dns.texts("more.example"))
                    .isInstanceOfSatisfying(Dns.Unknown.class, unknown -> assertThat(unknown.reason())
                            .contains("questions for " + share + " are used up"));
        }
        assertThat(Arrays.stream(Share.values()).toList()).hasSize(5);
        assertThat(table.questions).hasSize(MailQuestions.MOST);
    }

    @Test
    void whatWasAskedCostsNothingAgain() {
        Dns spf = mail.of(Share.SPF);
        for (int i = 0; i < 500; i++) {
            assertThat(spf.texts("a.example").records()).containsExactly("here");
            assertThat(mail.of(Share.DMARC).texts("a.example").records()).containsExactly("here");
        }
        assertThat(table.questions).hasSize(1);
    }
}
