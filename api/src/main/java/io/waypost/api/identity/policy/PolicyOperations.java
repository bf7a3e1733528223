package io.waypost.api.identity.policy;

import io.waypost.api.aws.Caller;
import io.waypost.api.aws.Operation;
import io.waypost.api.aws.Operation.Nothing;
import io.waypost.api.aws.Operations;
import io.waypost.api.aws.Operations.Api;
import io.waypost.api.aws.ServiceException;
import io.waypost.api.identity.policy.IdentityPolicies.Wanted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Policies of identities in the API of 2010. */
public final class PolicyOperations implements Operations.Family {

    private static final int MOST_NAMES = 20;

    private final IdentityPolicies policies;

    public PolicyOperations(IdentityPolicies policies) {
        this.policies = policies;
    }

    /** ListIdentityPoliciesRequest. */
    record Of(String identity) {}

    /** ListIdentityPoliciesResponse. */
    record Names(List<String> policyNames) {}

    /** GetIdentityPoliciesRequest. */
    record Some(String identity, List<String> policyNames) {}

    /** GetIdentityPoliciesResponse. */
    record Texts(Map<String, String> policies) {}

    /** PutIdentityPolicyRequest. */
    record Put(String identity, String policyName, String policy) {}

    /** DeleteIdentityPolicyRequest. */
    record Delete(String identity, String policyName) {}

    @Override
    public void addTo(Operations.Builder operations) {
        operations
                .add(Api.SES, "ListIdentityPolicies", Of.class, Names.class, in2010(this::list))
                .add(Api.SES, "GetIdentityPolicies", Some.class, Texts.class, in2010(this::some))
                .add(Api.SES, "PutIdentityPolicy", Put.class, Nothing.class, in2010(this::put))
                .add(Api.SES, "DeleteIdentityPolicy", Delete.class, Nothing.class, in2010(this::delete));
    }

    // This API has no error for what is not there.
    private static <I extends Record, O extends Record> Operation<I, O> in2010(Operation<I, O> operation) {
        return (caller, input) -> {
            try {
                return operation.answer(caller, input);
            } catch (ServiceException e) {
                throw e.error().equals("NotFoundException") ? ServiceException.invalidParameter(e.words()) : e;
            }
        };
    }

    private Names list(Caller caller, Of input) throws ServiceException {
        return new Names(List.copyOf(policies.of(caller.scope(), input.identity).keySet()));
    }

    private Texts some(Caller caller, Some input) throws ServiceException {
        if (input.policyNames.size() > MOST_NAMES) {
            throw ServiceException.invalidParameter("At most " + MOST_NAMES + " policies can be asked for at a time.");
        }
        SortedMap<String, String> some = new TreeMap<>(policies.of(caller.scope(), input.identity));
        some.keySet().retainAll(input.policyNames);
        return new Texts(some);
    }

    private Nothing put(Caller caller, Put input) throws ServiceException, IOException {
        policies.put(caller.scope(), input.identity, input.policyName, input.policy, Wanted.EITHER);
        return new Nothing();
    }

    private Nothing delete(Caller caller, Delete input) throws ServiceException, IOException {
        policies.delete(caller.scope(), input.identity, input.policyName);
        return new Nothing();
    }
}
