package io.waypost.smtp.checks.arc;

import static org.assertj.core.api.Assertions.assertThat;

import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.testing.FakeDns;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** A chain that another program sealed: the messages of one and two sets of Valimail's ARC test suite. */
class PublishedChainTest {

    private static final TestMail ONE = new TestMail("""
            MIME-Version: 1.0\r
            Return-Path: <jqd@d1.example.org>\r
            ARC-Seal: a=rsa-sha256;\r
                b=dOdFEyhrk/tw5wl3vMIogoxhaVsKJkrkEhnAcq2XqOLSQhPpGzhGBJzR7k1sWGokon3TmQ\r
                7TX9zQLO6ikRpwd/pUswiRW5DBupy58fefuclXJAhErsrebfvfiueGyhHXV7C1LyJTztywzn\r
                QGG4SCciU/FTlsJ0QANrnLRoadfps=; cv=none; d=example.org; i=1; s=dummy;\r
                t=12345\r
            ARC-Message-Signature: a=rsa-sha256;\r
                b=QsRzR/UqwRfVLBc1TnoQomlVw5qi6jp08q8lHpBSl4RehWyHQtY3uOIAGdghDk/mO+/Xpm\r
                9JA5UVrPyDV0f+2q/YAHuwvP11iCkBQkocmFvgTSxN8H+DwFFPrVVUudQYZV7UDDycXoM6UE\r
                cdfzLLzVNPOAHEDIi/uzoV4sUqZ18=;\r
                bh=KWSe46TZKCcDbH4klJPo+tjk5LWJnVRlP5pvjXFZYLQ=; c=relaxed/relaxed;\r
                d=example.org; h=from:to:date:subject:mime-version:arc-authentication-results;\r
                i=1; s=dummy; t=12345\r
            ARC-Authentication-Results: i=1; lists.example.org;\r
                spf=pass smtp.mfrom=jqd@d1.example;\r
                dkim=pass (1024-bit key) header.i=@d1.example;\r
                dmarc=pass\r
            Received: from segv.d1.example (segv.d1.example [72.52.75.15])\r
                by lists.example.org (8.14.5/8.14.5) with ESMTP id t0EKaNU9010123\r
                for <arc@example.org>; Thu, 14 Jan 2015 15:01:30 -0800 (PST)\r
                (envelope-from jqd@d1.example)\r
            Authentication-Results: lists.example.org;\r
                spf=pass smtp.mfrom=jqd@d1.example;\r
                dkim=pass (1024-bit key) header.i=@d1.example;\r
                dmarc=pass\r
            Received: by 10.157.14.6 with HTTP; Tue, 3 Jan 2017 12:22:54 -0800 (PST)\r
            Message-ID: <54B84785.1060301@d1.example.org>\r
            Date: Thu, 14 Jan 2015 15:00:01 -0800\r
            From: John Q Doe <jqd@d1.example.org>\r
            To: arc@dmarc.org\r
            Subject: Example 1\r
            \r
            Hey gang,\r
            This is a test message.\r
            --J.\r
            """);

    private static final TestMail TWO = ONE.replace("MIME-Version: 1.0\r\nReturn-Path: <jqd@d1.example.org>\r\n", """
            MIME-Version: 1.0\r
            ARC-Seal: a=rsa-sha256;\r
                b=IAqZJ5HwfNxxsrn9R4ayQgiu9RibPKEUVevbt7XFTkSh1baJ533D2Z6IZ2NaBreUhDBb2e\r
                K9Gtcv+eyUhWkD8VTmE6fq/F8CDIK3ScIiJykF8hNL1wpa/mGwWWwBnkozIJGAbTAAX7AgnH\r
                knAehnSW99TeU0lmib0XmOt4TN3sY=; cv=pass; d=example.org; i=2; s=dummy;\r
                t=12346\r
            ARC-Message-Signature: a=rsa-sha256;\r
                b=2cDGNznUmp4YSSThCe9nrQIH2Gpd5qPFw3OU8sWFzZgEQ5UZtaVQifVUXUrsSyEzjro3Ul\r
                YPPDx+C1K+LbKRlOZ06il4ws2zlPafsrx1piKsKSCUq0KjFs01hYCDBa3tfdyITSfoWu2HHY\r
                pCjrhPMPH1jruIdBV/5Gk2Fvy+mW8=;\r
                bh=KWSe46TZKCcDbH4klJPo+tjk5LWJnVRlP5pvjXFZYLQ=; c=relaxed/relaxed;\r
                d=example.org; h=from:to:date:subject:mime-version:arc-authentication-results;\r
                i=2; s=dummy; t=12346\r
            ARC-Authentication-Results: i=2; lists.example.org;\r
                spf=pass smtp.mfrom=jqd@d1.example;\r
                dkim=pass (1024-bit key) header.i=@d1.example;\r
                dmarc=pass\r
            Received: by 10.157.11.240 with SMTP id 103csp420860oth;\r
                Fri, 6 Jan 2017 14:27:31 -0800 (PST)\r
            """);

    private static ArcResult validate(TestMail mail) {
        FakeDns dns = new FakeDns()
                .txt(
                        "dummy._domainkey.example.org",
                        "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bd"
                                + "OKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9Pz"
                                + "oxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB");
        return new ArcValidator(InstantSource.fixed(Instant.parse("2026-11-23T08:00:00Z")))
                .validate(mail.header(), mail.bodies(), dns);
    }

    @Test
    void oneSetPasses() {
        ArcResult result = validate(ONE);

        assertThat(result.reason()).isEmpty();
        assertThat(result.status()).isEqualTo(ArcResult.Status.PASS);
        assertThat(result.newest().orElseThrow().claims()).startsWith("lists.example.org;    spf=pass");
    }

    @Test
    void twoSetsPass() {
        ArcResult result = validate(TWO);

        assertThat(result.reason()).isEmpty();
        assertThat(result.status()).isEqualTo(ArcResult.Status.PASS);
        assertThat(result.sealers()).extracting(Sealer::instance).containsExactly(1, 2);
    }

    @Test
    void aChangeFails() {
        assertThat(validate(TWO.replace("Example 1", "Example 2")).status()).isEqualTo(ArcResult.Status.FAIL);
        assertThat(validate(TWO.replace("i=1; lists", "i=1; lusts")).reason())
                .startsWith("ARC-Message-Signature 2 of example.org");
        assertThat(validate(TWO.replace(
                                "cv=pass; d=example.org; i=2; s=dummy;\r\n    t=12346",
                                "cv=pass; d=example.org; i=2; s=dummy;\r\n    t=12347"))
                        .reason())
                .startsWith("ARC-Seal 2 of example.org");
    }
}
