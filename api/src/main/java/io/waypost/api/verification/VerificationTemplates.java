package io.waypost.api.verification;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.Redirects;
import io.waypost.message.Scope;
import io.waypost.message.compose.Mailbox;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes and changes templates for both APIs; the errors are those of the API of 2010. */
final class VerificationTemplates {

    private static final int MOST_BYTES = 10 * 1024 * 1024;
    private static final int LONGEST_SUBJECT = 998;
    private static final int LONGEST_URL = 2_048;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final VerificationTemplateBook book;
    private final IdentityBook identities;

    VerificationTemplates(VerificationTemplateBook book, IdentityBook identities) {
        this.book = book;
        this.identities = identities;
    }

    /** What a request says of a template; what is absent stays as it is. */
    record Parts(
            @Nullable String from,
            @Nullable String subject,
            @Nullable String content,
            @Nullable String success,
            @Nullable String failure) {}

    void create(Scope scope, String name, Parts parts, SortedMap<String, String> tags)
            throws ServiceException, IOException {
        if (!NAME.matcher(name).matches()) {
            throw ServiceException.invalidParameter("Invalid template name <" + name
                    + ">: only letters, digits, '_', and '-' are allowed, at most 64 of them.");
        }
        VerificationTemplate nothing = new VerificationTemplate(name, "", "", new Redirects("", ""), tags);
        book.create(
                scope, changed(scope, nothing, parts), content(parts.content).orElse(""));
    }

    void update(Scope scope, String name, Parts parts) throws ServiceException, IOException {
        Optional<String> content = content(parts.content);
        book.update(scope, name, before -> changed(scope, before, parts), content);
    }

    private VerificationTemplate changed(Scope scope, VerificationTemplate before, Parts parts)
            throws ServiceException {
        return new VerificationTemplate(
                before.name(),
                parts.from == null ? before.from() : from(scope, parts.from),
                parts.subject == null ? before.subject() : subject(parts.subject),
                new Redirects(
                        parts.success == null
                                ? before.redirects().success()
                                : url("SuccessRedirectionURL", parts.success),
                        parts.failure == null
                                ? before.redirects().failure()
                                : url("FailureRedirectionURL", parts.failure)),
                before.tags());
    }

    private String from(Scope scope, String text) throws ServiceException {
        Mailbox mailbox;
        try {
            mailbox = Mailbox.parse(text);
        } catch (IllegalArgumentException e) {
            throw ServiceException.invalidParameter("Invalid email address<" + text + ">.");
        }
        if (!identities.isVerified(scope, mailbox.address())) {
            throw notVerified(text);
        }
        return text;
    }

    /** In the words of the API of 2010. */
    static ServiceException notVerified(String from) {
        return new ServiceException(
                "FromEmailAddressNotVerifiedException",
                "The from email address <" + from + "> is not verified.",
                Map.of("FromEmailAddress", from));
    }

    private static String subject(String text) throws ServiceException {
        if (text.isBlank()
                || text.length() > LONGEST_SUBJECT
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw ServiceException.invalidParameter(
                    "The subject must be one line of at most " + LONGEST_SUBJECT + " characters.");
        }
        return text;
    }

    private static Optional<String> content(@Nullable String html) throws ServiceException {
        if (html == null) {
            return Optional.empty();
        }
        if (html.isBlank()) {
            throw invalidContent("The content is empty.");
        }
        if (html.length() > MOST_BYTES || html.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw invalidContent("The content is longer than " + MOST_BYTES + " bytes.");
        }
        Optional<String> fault = VerificationHtml.fault(html);
        if (fault.isPresent()) {
            throw invalidContent(fault.get());
        }
        return Optional.of(html);
    }

    private static ServiceException invalidContent(String words) {
        return new ServiceException("CustomVerificationEmailInvalidContentException", words);
    }

    private static String url(String member, String text) throws ServiceException {
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            String ascii = uri.toASCIIString();
            if (web && uri.getHost() != null && uri.getUserInfo() == null && ascii.length() <= LONGEST_URL) {
                return ascii;
            }
        } catch (java.net.URISyntaxException e) {
            // Said below.
        }
        throw ServiceException.invalidParameter("Value at '" + member + "' is no URL with http or https.");
    }
}
