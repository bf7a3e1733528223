package io.waypost.api.aws.sign;

import io.waypost.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The password that goes with an access key in SMTP: made from the key's secret for one region, as Amazon SES does. */
public final class SmtpPassword {

    // Fixed by the algorithm, whatever day it is.
    private static final String DATE = "11111111";
    private static final String SERVICE = "ses";
    private static final String MESSAGE = "SendRawEmail";
    private static final byte VERSION = 4;

    private SmtpPassword() {}

    /** The password; the secret cannot be found out from it. */
    public static Secret of(Secret secret, String region) {
        byte[] key = ("AWS4" + secret.reveal()).getBytes(StandardCharsets.UTF_8);
        for (String message : new String[] {DATE, region, SERVICE, CredentialScope.TERMINATOR, MESSAGE}) {
            key = Sha256.hmac(key, message);
        }
        byte[] all = new byte[key.length + 1];
        all[0] = VERSION;
        System.arraycopy(key, 0, all, 1, key.length);
        return new Secret(Base64.getEncoder().encodeToString(all));
    }
}
