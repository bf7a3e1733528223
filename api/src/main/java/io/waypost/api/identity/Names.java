package io.waypost.api.identity;

import io.waypost.api.aws.ServiceException;

/** Names of identities as callers give them, and SES' words for those that are none. */
final class Names {

    private Names() {}

    static IdentityName domain(String text) throws ServiceException {
        return IdentityName.parse(text)
                .filter(name -> !name.isAddress())
                .orElseThrow(() -> ServiceException.invalidParameter("Invalid domain name <" + shown(text) + ">."));
    }

    static IdentityName address(String text) throws ServiceException {
        return IdentityName.parse(text)
                .filter(IdentityName::isAddress)
                .orElseThrow(() -> ServiceException.invalidParameter("Invalid email address<" + shown(text) + ">."));
    }

    static IdentityName any(String text) throws ServiceException {
        return text.indexOf('@') >= 0 ? address(text) : domain(text);
    }

    private static String shown(String text) {
        return text.length() <= 320 ? text : text.substring(0, 320) + "...";
    }
}
