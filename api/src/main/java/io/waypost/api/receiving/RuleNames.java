package io.waypost.api.receiving;

import io.waypost.api.aws.ServiceException;
import java.util.regex.Pattern;

/** What rule sets, rules and filters may be called, and SES' words for what they may not (SES contract 2.1). */
final class RuleNames {

    private static final Pattern CHARACTERS = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9])?");

    private RuleNames() {}

    /**
     * @param member as SES calls it, such as {@code ruleSetName}
     * @throws ServiceException when it is no name
     */
    static String checked(String member, String name) throws ServiceException {
        if (!name.isEmpty() && !CHARACTERS.matcher(name).matches()) {
            throw new ServiceException(
                    "ValidationError",
                    "1 validation error detected: Value at '" + member
                            + "' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_.-]+$");
        }
        if (!NAME.matcher(name).matches()) {
            String called = member.equals("rule.name") ? "ruleName" : member;
            throw ServiceException.invalidParameter("Not a valid " + called + ": " + name);
        }
        return name;
    }
}
