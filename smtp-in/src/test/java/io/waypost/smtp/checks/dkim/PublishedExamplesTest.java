package io.waypost.smtp.checks.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.testing.FakeDns;
import org.junit.jupiter.api.Test;

/** Mails that others signed. */
class PublishedExamplesTest {

    private static final String RSA_KEY =
            "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY"
                    + "/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryO"
                    + "TIKT+l/K4w3QIDAQAB";

    /** RFC 8463 A.3. */
    private static final TestMail TWO_ALGORITHMS = new TestMail("""
            DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r
             d=football.example.com; i=@football.example.com;\r
             q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r
             subject : date : message-id : from : subject : date;\r
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r
             b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r
             Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r
            DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r
             d=football.example.com; i=@football.example.com;\r
             q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r
             date : message-id : from : subject : date;\r
             bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r
             b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\r
             DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\r
             dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\r
            From: Joe SixPack <joe@football.example.com>\r
            To: Suzie Q <suzie@shopping.example.net>\r
            Subject: Is dinner ready?\r
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r
            Message-ID: <20030712040037.46341.5F8J@football.example.com>\r
            \r
            Hi.\r
            \r
            We lost the game.  Are you hungry yet?\r
            \r
            Joe.\r
            """);

    /** RFC 6376 A.2, with the single blank of erratum 3192 and the white space of erratum 4926. */
    private static final TestMail SIMPLE = new TestMail("""
            DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;\r
                  c=simple/simple; q=dns/txt; i=joe@football.example.com;\r
                  h=Received : From : To : Subject : Date : Message-ID;\r
                  bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r
                  b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB\r
                    4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut\r
                    KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV\r
                    4bmp/YzhwvcubU4=;\r
            Received: from client1.football.example.com  [192.0.2.1]\r
                  by submitserver.example.com with SUBMISSION;\r
                  Fri, 11 Jul 2003 21:01:54 -0700 (PDT)\r
            From: Joe SixPack <joe@football.example.com>\r
            To: Suzie Q <suzie@shopping.example.net>\r
            Subject: Is dinner ready?\r
            Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r
            Message-ID: <20030712040037.46341.5F8J@football.example.com>\r
            \r
            Hi.\r
            \r
            We lost the game. Are you hungry yet?\r
            \r
            Joe.\r
            """);

    private static FakeDns dns() {
        return new FakeDns()
                .txt(
                        "brisbane._domainkey.football.example.com",
                        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
                .txt("test._domainkey.football.example.com", "v=DKIM1; k=rsa; p=" + RSA_KEY)
                .txt(
                        "brisbane._domainkey.example.com",
                        "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt"
                                + "IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4O"
                                + "uKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB");
    }

    @Test
    void bothSignaturesOfRfc8463Verify() {
        assertThat(TestVerifier.results(TWO_ALGORITHMS, dns())).isEqualTo("pass, pass: an RSA key of 1024 bits");
    }

    @Test
    void theSimpleSignatureOfRfc6376Verifies() {
        assertThat(TestVerifier.results(SIMPLE, dns())).isEqualTo("pass: an RSA key of 1024 bits");
    }

    @Test
    void theyDoNotWhenTheMailIsAnother() {
        assertThat(TestVerifier.results(TWO_ALGORITHMS.replace("dinner", "supper"), dns()))
                .isEqualTo("fail: the signature does not fit the signed header fields, "
                        + "fail: the signature does not fit the signed header fields");
        assertThat(TestVerifier.results(SIMPLE.replace("game. Are", "game.  Are"), dns()))
                .isEqualTo("fail: the body was changed");
    }
}
