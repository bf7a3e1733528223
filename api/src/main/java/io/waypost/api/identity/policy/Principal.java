package io.waypost.api.identity.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a statement is about. This server has accounts and keys, and no users and roles: a user's ARN stands for the key whose id is the
 * user's name, and services and roles are nobody.
 */
sealed interface Principal {

    /** All accounts. */
    record Everybody() implements Principal {}

    /** All keys of an account. */
    record Account(String id) implements Principal {}

    /** One key. */
    record Key(String account, String id) implements Principal {}

    /** Whoever does not exist here. */
    record Nobody() implements Principal {}

    Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    Pattern ARN = Pattern.compile("arn:aws[a-z-]*:(?:iam|sts)::([0-9]{12}):(root|[a-z-]+/\\S{1,512})");

    /** A principal of the kind {@code AWS}; nothing when it is none. */
    static Optional<Principal> aws(String text) {
        if (text.equals("*")) {
            return Optional.of(new Everybody());
        }
        if (ACCOUNT.matcher(text).matches()) {
            return Optional.of(new Account(text));
        }
        Matcher arn = ARN.matcher(text);
        if (!arn.matches()) {
            return Optional.empty();
        }
        String account = arn.group(1);
        String who = arn.group(2);
        if (who.equals("root")) {
            return Optional.of(new Account(account));
        }
        return Optional.of(
                who.startsWith("user/") ? new Key(account, who.substring(who.lastIndexOf('/') + 1)) : new Nobody());
    }

    default boolean is(Attempt attempt) {
        return switch (this) {
            case Everybody() -> true;
            case Account(String id) -> id.equals(attempt.account());
            case Key(String account, String id) -> account.equals(attempt.account()) && id.equals(attempt.accessKey());
            case Nobody() -> false;
        };
    }
}
