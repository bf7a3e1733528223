package io.waypost.message.topic;

import io.waypost.message.Scope;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic's name in the world: {@code arn:aws:sns:REGION:ACCOUNT:NAME}.
 *
 * @param scope whose topic it is
 * @param name 1 to 256 of {@code A-Z a-z 0-9 _ -}
 */
public record TopicArn(Scope scope, String name) {

    /** What every one of them begins with. */
    public static final String PREFIX = "arn:aws:sns:";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final Pattern ARN = Pattern.compile(PREFIX + "([a-z0-9-]{1,63}):([0-9]{12}):([A-Za-z0-9_-]{1,256})");

    public TopicArn {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a topic (1 to 256 of A-Z a-z 0-9 _ -): " + name);
        }
    }

    /** Whether a topic may be called that. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Reads what {@link #toString()} writes; nothing when it has another form. */
    public static Optional<TopicArn> parse(String text) {
        Matcher arn = ARN.matcher(text);
        return arn.matches()
                ? Optional.of(new TopicArn(new Scope(arn.group(2), arn.group(1)), arn.group(3)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return PREFIX + scope.region() + ":" + scope.account() + ":" + name;
    }
}
