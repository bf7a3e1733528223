package io.waypost.actions.lambda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a function as SES writes it: {@code arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]}.
 *
 * @param text all of it
 * @param name the function's own name
 * @param qualifier a version or an alias
 */
public record FunctionArn(String text, String name, Optional<String> qualifier) {

    // Lambda's API reference, FunctionName.
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]{0,20}:lambda:[a-z0-9-]{1,32}:\\d{12}:function:"
            + "([A-Za-z0-9_-]{1,64})(?::(\\$LATEST|[A-Za-z0-9_-]{1,128}))?");

    /** @throws IllegalArgumentException when it is none */
    public static FunctionArn of(String text) {
        Matcher matcher = ARN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a function's ARN; write arn:aws:lambda:us-east-1:123456789012:function:NAME");
        }
        return new FunctionArn(text, matcher.group(1), Optional.ofNullable(matcher.group(2)));
    }

    @Override
    public String toString() {
        return text;
    }
}
