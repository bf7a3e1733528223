package io.waypost.api.identity.policy;

import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.Identity;
import io.waypost.api.identity.IdentityBook;
import io.waypost.api.identity.IdentityName;
import io.waypost.message.Scope;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Changes and shows the policies of identities: what the operations of both APIs have in common. Faults are said in the words of the API
 * of 2010. Safe for all threads.
 */
public final class IdentityPolicies {

    /** An identity may have (contract 4.8). */
    private static final int MOST = 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final IdentityBook book;

    public IdentityPolicies(IdentityBook book) {
        this.book = book;
    }

    /** Which of the policies that may be there is wanted. */
    enum Wanted {
        NEW,
        THERE,
        EITHER
    }

    /** All by name. */
    SortedMap<String, String> of(Scope scope, String identity) throws ServiceException {
        return IdentityName.parse(identity)
                .flatMap(name -> book.find(scope, name))
                .map(Identity::policies)
                .orElseThrow(() -> noIdentity(identity));
    }

    /**
     * Durable when it returns, and in force for the next mail.
     *
     * @throws ServiceException InvalidPolicyException, AlreadyExistsException, LimitExceededException, NotFoundException
     */
    void put(Scope scope, String identity, String policyName, String text, Wanted wanted)
            throws ServiceException, IOException {
        if (!NAME.matcher(policyName).matches()) {
            throw ServiceException.invalidParameter("Invalid policy name <" + policyName
                    + ">: only letters, digits, '-' and '_' are allowed, at most 64 of them.");
        }
        change(scope, identity, there -> {
            check(text, there);
            SortedMap<String, String> policies = new TreeMap<>(there.policies());
            boolean known = policies.put(policyName, text) != null;
            if (known && wanted == Wanted.NEW) {
                throw new ServiceException("AlreadyExistsException", "Policy <" + policyName + "> already exists");
            }
            if (!known && wanted == Wanted.THERE) {
                throw noPolicy(policyName);
            }
            if (policies.size() > MOST) {
                throw new ServiceException(
                        "LimitExceededException", "An identity can have at most " + MOST + " policies.");
            }
            return there.withPolicies(policies);
        });
    }

    private static void check(String text, Identity identity) throws ServiceException {
        try {
            PolicyReader.read(text, arn(identity));
        } catch (PolicyFaultException e) {
            throw new ServiceException("InvalidPolicyException", e.words());
        }
    }

    /** Whether it was there. */
    boolean delete(Scope scope, String identity, String policyName) throws ServiceException, IOException {
        boolean[] was = {false};
        change(scope, identity, there -> {
            SortedMap<String, String> policies = new TreeMap<>(there.policies());
            was[0] = policies.remove(policyName) != null;
            return there.withPolicies(policies);
        });
        return was[0];
    }

    static ServiceException noPolicy(String name) {
        return new ServiceException("NotFoundException", "Policy <" + name + "> does not exist");
    }

    static String arn(Identity identity) {
        return "arn:aws:ses:" + identity.scope().region() + ":"
                + identity.scope().account() + ":identity/" + identity.name();
    }

    private interface Change {
        Identity of(Identity before) throws ServiceException;
    }

    private void change(Scope scope, String identity, Change change) throws ServiceException, IOException {
        Optional<IdentityName> name = IdentityName.parse(identity);
        if (name.isEmpty()) {
            throw noIdentity(identity);
        }
        book.change(
                scope, name.get(), before -> Optional.of(change.of(before.orElseThrow(() -> noIdentity(identity)))));
    }

    private static ServiceException noIdentity(String identity) {
        return new ServiceException("NotFoundException", "Email identity " + identity + " does not exist.");
    }
}
