package io.waypost.api.sending;

import io.waypost.api.aws.ServiceException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of an identity's ARN. Whose it is, and whether it may be used, is the sender's to say. */
final class IdentityArn {

    private static final Pattern FORM =
            Pattern.compile("arn:aws[a-z-]*:ses:[a-z0-9-]{1,63}:[0-9]{12}:identity/[^\\s\\p{Cntrl}]{1,320}");

    private IdentityArn() {}

    /** The first that was given, all of them checked. */
    static Optional<String> first(@Nullable String... arns) throws ServiceException {
        Optional<String> first = Optional.empty();
        for (String arn : arns) {
            if (arn == null || arn.isEmpty()) {
                continue;
            }
            if (!FORM.matcher(arn).matches()) {
                throw ServiceException.invalidParameter("Invalid identity ARN<" + arn + ">.");
            }
            first = first.isPresent() ? first : Optional.of(arn);
        }
        return first;
    }
}
