package io.waypost.actions.s3;

import java.util.Map;
import java.util.TreeMap;

/**
 * What stands for the KMS keys that SES' rules name. SES encrypts on the client's side with such a key; here the store encrypts,
 * with what its operator has put in the key's place.
 *
 * @param byArn the keys that the server's file has
 */
public record KmsKeys(Map<String, Encryption> byArn) {

    /** None. */
    public static final KmsKeys NONE = new KmsKeys(Map.of());

    public KmsKeys {
        byArn = Map.copyOf(byArn);
    }

    /** @throws IllegalArgumentException when nothing stands for the key: its objects are never stored in the clear instead */
    public Encryption encryption(String arn) {
        Encryption encryption = byArn.get(arn);
        if (encryption == null) {
            throw new IllegalArgumentException("nothing stands for the KMS key '" + arn
                    + "'; objects.s3.kmsKeys in the server's file has " + new TreeMap<>(byArn).keySet());
        }
        return encryption;
    }
}
