package io.waypost.api.identity;

import io.waypost.api.aws.ServiceException;
import io.waypost.message.Scope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds what the operations of both APIs show. Safe for all threads. */
public final class IdentityReader {

    /** Names that one request may ask about (SES: {@code GetIdentity...Attributes}). */
    static final int MOST_NAMES = 100;

    /** Identities that one page may have. */
    static final int LONGEST_PAGE = 1_000;

    private final IdentityBook book;
    private final Refresh refresh;

    /** @param refresh so that records that were just published are seen */
    public IdentityReader(IdentityBook book, Refresh refresh) {
        this.book = book;
        this.refresh = refresh;
    }

    /** A part of a list; the token says where the next begins. */
    public record Page(List<Identity> identities, Optional<String> nextToken) {}

    /** Those that exist, by their names as asked for. */
    public Map<String, Identity> known(Scope scope, List<String> names) throws ServiceException {
        if (names.size() > MOST_NAMES) {
            throw ServiceException.invalidParameter(
                    "At most " + MOST_NAMES + " identities can be asked about at once.");
        }
        refresh.now(names.stream()
                .distinct()
                .flatMap(name -> find(scope, name).stream())
                .toList());
        Map<String, Identity> known = new LinkedHashMap<>();
        names.forEach(name -> find(scope, name).ifPresent(identity -> known.put(name, identity)));
        return known;
    }

    /** One, up to date. */
    public Optional<Identity> current(Scope scope, String name) {
        find(scope, name).ifPresent(identity -> refresh.now(List.of(identity)));
        return find(scope, name);
    }

    public Optional<Instant> lastLooked(Identity identity) {
        return refresh.lastLooked(identity);
    }

    /** The domain as whose mail an identity's is signed: itself, or for an address the nearest domain that is an identity. */
    public Optional<Identity> signer(Identity identity) {
        return identity.name().covering().stream()
                .filter(name -> !name.isAddress())
                .flatMap(name -> book.find(identity.scope(), name).stream())
                .findFirst();
    }

    /** All addresses that are verified. */
    public List<Identity> verifiedAddresses(Scope scope) {
        return book.list(scope).stream()
                .filter(identity -> identity.name().isAddress() && identity.isVerified())
                .toList();
    }

    /**
     * A page of a list in the order of names.
     *
     * @param parameter what the API calls the size of a page
     * @throws ServiceException InvalidParameterValue for a size or a token that is none
     */
    public Page page(
            Scope scope,
            Predicate<Identity> shown,
            String parameter,
            @Nullable Integer size,
            int usualSize,
            @Nullable String token)
            throws ServiceException {
        if (size != null && (size < 1 || size > LONGEST_PAGE)) {
            throw ServiceException.invalidParameter("Value " + size + " for parameter " + parameter + " is invalid. "
                    + parameter + " must be between 1 and " + LONGEST_PAGE + ".");
        }
        int length = size == null ? usualSize : size;
        String after = token == null || token.isEmpty() ? "" : read(scope, token);
        List<Identity> rest = book.list(scope).stream()
                .filter(identity -> identity.name().text().compareTo(after) > 0 && shown.test(identity))
                .limit(length + 1L)
                .toList();
        if (rest.size() <= length) {
            return new Page(rest, Optional.empty());
        }
        List<Identity> part = rest.subList(0, length);
        return new Page(part, Optional.of(write(scope, part.getLast().name())));
    }

    // Bound to the scope, as in SES: a token of another region is none.
    private static String write(Scope scope, IdentityName last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((scope + "\n" + last).getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Scope scope, String token) throws ServiceException {
        String prefix = scope + "\n";
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalidToken(token);
        }
        if (!text.startsWith(prefix)) {
            throw invalidToken(token);
        }
        return text.substring(prefix.length());
    }

    private static ServiceException invalidToken(String token) {
        return ServiceException.invalidParameter("Invalid NextToken <" + token + ">.");
    }

    private Optional<Identity> find(Scope scope, String name) {
        return IdentityName.parse(name).flatMap(parsed -> book.find(scope, parsed));
    }
}
