package io.waypost.api.sending;

import io.waypost.api.aws.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The identities that a request names by ARN, as to their form. Whose they are, and whether they may be used, is the sender's to say. */
final class NamedArns {

    private static final Pattern FORM =
            Pattern.compile("arn:aws[a-z-]*:ses:[a-z0-9-]{1,63}:[0-9]{12}:identity/[^\\s\\p{Cntrl}]{1,320}");

    private NamedArns() {}

    /** Those that were given, in their order. */
    static List<String> given(@Nullable String... arns) throws ServiceException {
        List<String> given = new ArrayList<>();
        for (String arn : arns) {
            if (arn == null || arn.isEmpty()) {
                continue;
            }
            if (!FORM.matcher(arn).matches()) {
                throw ServiceException.invalidParameter("Invalid identity ARN<" + arn + ">.");
            }
            given.add(arn);
        }
        return given;
    }
}
