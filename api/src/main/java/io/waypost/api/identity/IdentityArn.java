package io.waypost.api.identity;

import io.waypost.message.Scope;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ARN of an identity, read. */
public record IdentityArn(Scope scope, IdentityName name) {

    private static final Pattern FORM =
            Pattern.compile("arn:aws[a-z-]*:ses:([a-z0-9-]{1,63}):([0-9]{12}):identity/(\\S{1,320})");

    /** Nothing when it is none. */
    public static Optional<IdentityArn> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? IdentityName.parse(parts.group(3))
                        .map(name -> new IdentityArn(new Scope(parts.group(2), parts.group(1)), name))
                : Optional.empty();
    }
}
